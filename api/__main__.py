"""`python -m api`: says plainly that the service is not part of this version yet."""

import sys


def main() -> int:
    """Explain what works today; the exit code is that of a request that cannot be met."""
    sys.stderr.write(
        "本版本尚无网页服务。请用命令行：\n"
        "  drafter draft --indicators 指标表.xlsx --facts 素材表.xlsx --precedent 去年总结.docx\n"
        "  drafter check 总结.docx --indicators 指标表.xlsx\n"
    )
    return 2


if __name__ == "__main__":
    sys.exit(main())
