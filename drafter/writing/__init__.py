"""Plans to templates: references, rendering, the offline writer."""
