"""The sample bureau of the repository, which most measurements are made on."""

from pathlib import Path

SAMPLE = Path(__file__).parent.parent / "knowledge_base"
BUREAU = "云岭县科技和工业信息化局"
