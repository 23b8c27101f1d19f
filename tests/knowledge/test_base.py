"""The base as a whole: idempotent, whole after a kill, one process at a time, never online."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding

from drafter.errors import OperatorError, UnreadableFileError
from drafter.knowledge.base import KnowledgeBase
from drafter.knowledge.embedders import Embedder
from drafter.records.summary import PastSummary
from tests.knowledge.samples import POWER, summary

ROOT = Path(__file__).parents[2]
CHANGED = POWER.replace("更加规范", "更加有力")


def ingest(folder: Path, *summaries: PastSummary, embeddings: Embedder | None = None):
    with KnowledgeBase.open(folder, embeddings, wait=0) as base:
        return base.ingest(summaries)


class CountingEmbedding(DeterministicFakeEmbedding):
    asked: list[str] = []  # noqa: RUF012 - a pydantic field, copied for each object

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.asked.extend(texts)
        return super().embed_documents(texts)


def counting(label: str = "counting", size: int = 8) -> tuple[Embedder, list[str]]:
    embeddings = CountingEmbedding(size=size)
    return Embedder(label, lambda: embeddings), embeddings.asked


class TestIngest:
    def test_reports_what_was_added(self, tmp_path: Path):
        report = ingest(tmp_path / "base", summary(tmp_path / "a.txt"))
        assert report.added == ("a.txt",)
        assert report.passages == report.embedded == 6

    def test_an_unchanged_file_embeds_nothing(self, tmp_path: Path):
        one = summary(tmp_path / "a.txt")
        ingest(tmp_path / "base", one)
        report = ingest(tmp_path / "base", one)
        assert (
            report.unchanged,
            report.added,
            report.removed,
            report.embedded,
            report.passages,
        ) == (("a.txt",), (), (), 0, 6)

    def test_an_unchanged_file_touches_nothing_on_disk(self, tmp_path: Path):
        one = summary(tmp_path / "a.txt")
        ingest(tmp_path / "base", one)
        before = {p: p.stat().st_mtime_ns for p in (tmp_path / "base").rglob("*") if p.is_file()}
        ingest(tmp_path / "base", one)
        assert before == {p: p.stat().st_mtime_ns for p in before}

    def test_a_copy_under_another_name_is_nothing_new(self, tmp_path: Path):
        one = summary(tmp_path / "a.txt")
        ingest(tmp_path / "base", one)
        assert ingest(tmp_path / "base", summary(tmp_path / "b.txt")).unchanged == ("b.txt",)

    def test_an_edited_file_replaces_its_older_form(self, tmp_path: Path):
        ingest(tmp_path / "base", summary(tmp_path / "a.txt"))
        (tmp_path / "a.txt").unlink()
        report = ingest(tmp_path / "base", summary(tmp_path / "a.txt", CHANGED))
        assert (report.added, report.removed, report.passages) == (("a.txt",), ("a.txt",), 6)
        with KnowledgeBase.open(tmp_path / "base", wait=0) as base:
            assert any("更加有力" in p.text for p in base.search("支部建设"))
            assert not any("更加规范" in p.text for p in base.search("支部建设", k=20))

    def test_the_same_file_for_another_year_moves_there(self, tmp_path: Path):
        ingest(tmp_path / "base", summary(tmp_path / "a.txt", year=2021))
        ingest(tmp_path / "base", summary(tmp_path / "a.txt", year=2022))
        with KnowledgeBase.open(tmp_path / "base", wait=0) as base:
            assert {2022} == {passage.year for passage in base.search("工业经济", k=20)}

    def test_the_order_of_files_does_not_matter(self, tmp_path: Path):
        one, two = summary(tmp_path / "a.txt"), summary(tmp_path / "b.txt", CHANGED, year=2021)
        ingest(tmp_path / "x", one, two)
        ingest(tmp_path / "y", two)
        ingest(tmp_path / "y", one)
        assert generations(tmp_path / "x") == generations(tmp_path / "y")

    def test_nothing_taken_in_makes_an_empty_base(self, tmp_path: Path):
        assert ingest(tmp_path / "base").passages == 0
        with KnowledgeBase.open(tmp_path / "base", wait=0) as base:
            assert base.search("工业") == ()

    def test_a_missing_file_changes_nothing(self, tmp_path: Path):
        one = summary(tmp_path / "a.txt")
        (tmp_path / "a.txt").unlink()
        with pytest.raises(UnreadableFileError, match="不存在"):
            ingest(tmp_path / "base", one)
        assert not (tmp_path / "base").exists()

    def test_known_files_are_not_even_read(self, tmp_path: Path):
        path = tmp_path / "a.txt"
        ingest(tmp_path / "base", summary(path))
        with KnowledgeBase.open(tmp_path / "base", wait=0) as base:
            report = base.ingest_files([path], lambda _: pytest.fail("was read"))
        assert report.unchanged == ("a.txt",)

    def test_a_known_file_is_read_for_another_year(self, tmp_path: Path):
        path = tmp_path / "a.txt"
        ingest(tmp_path / "base", summary(path, year=2021))
        with KnowledgeBase.open(tmp_path / "base", wait=0) as base:
            report = base.ingest_files([path], lambda p: summary(p, year=2023), year=2023)
            assert report.added == ("a.txt",)
            assert {2023} == {document.year for document in base.documents}


class TestQuarantine:
    def test_a_damaged_summary_is_refused_with_the_reason(self, tmp_path: Path):
        report = ingest(
            tmp_path / "base", summary(tmp_path / "a.txt", score=0.4, reasons=("多处断行",))
        )
        assert (report.added, report.passages) == ((), 0)
        assert report.quarantined[0].reason == "质量分0.40，低于0.60：多处断行"

    def test_a_refused_file_is_not_read_again_and_still_reported(self, tmp_path: Path):
        path = tmp_path / "a.txt"
        ingest(tmp_path / "base", summary(path, score=0.4))
        with KnowledgeBase.open(tmp_path / "base", wait=0) as base:
            report = base.ingest_files([path], lambda _: pytest.fail("was read"))
        assert [refused.name for refused in report.quarantined] == ["a.txt"]
        assert report.unchanged == ()

    def test_an_override_takes_it_in(self, tmp_path: Path):
        path = tmp_path / "a.txt"
        damaged = summary(path, score=0.4)
        ingest(tmp_path / "base", damaged)
        with KnowledgeBase.open(tmp_path / "base", wait=0) as base:
            report = base.ingest_files([path], lambda _: damaged, override=True)
            assert report.added == ("a.txt",)
            assert base.ingest([damaged]).unchanged == ("a.txt",)

    def test_the_threshold_can_be_set(self, tmp_path: Path):
        with KnowledgeBase.open(tmp_path / "base", threshold=0.3, wait=0) as base:
            assert base.ingest([summary(tmp_path / "a.txt", score=0.4)]).added


class TestEmbedders:
    def test_another_embedder_embeds_everything_anew(self, tmp_path: Path):
        one = summary(tmp_path / "a.txt")
        ingest(tmp_path / "base", one)
        embedder, asked = counting()
        report = ingest(tmp_path / "base", one, embeddings=embedder)
        assert (report.unchanged, report.embedded, len(asked)) == (("a.txt",), 6, 6)

    def test_an_endpoint_is_asked_only_for_what_is_new(self, tmp_path: Path):
        embedder, asked = counting()
        ingest(tmp_path / "base", summary(tmp_path / "a.txt"), embeddings=embedder)
        asked.clear()
        report = ingest(
            tmp_path / "base", summary(tmp_path / "b.txt", CHANGED), embeddings=embedder
        )
        assert (report.passages, report.embedded) == (12, 1)
        assert len(asked) == 1
        assert "更加有力" in asked[0]

    def test_no_figure_reaches_an_embedder(self, tmp_path: Path):
        embedder, asked = counting()
        ingest(tmp_path / "base", summary(tmp_path / "a.txt"), embeddings=embedder)
        assert asked
        assert not any(character.isdigit() for text in asked for character in text)

    def test_searching_with_another_embedder_asks_for_a_new_ingest(self, tmp_path: Path):
        ingest(tmp_path / "base", summary(tmp_path / "a.txt"))
        with (
            KnowledgeBase.open(tmp_path / "base", counting()[0], wait=0) as base,
            pytest.raises(OperatorError, match="重新入库"),
        ):
            base.search("工业")

    def test_a_failing_embedder_leaves_the_base_as_it_was(self, tmp_path: Path):
        def fail():
            raise OperatorError("向量模型不通")

        ingest(tmp_path / "base", summary(tmp_path / "a.txt"))
        with pytest.raises(OperatorError, match="不通"):
            ingest(
                tmp_path / "base",
                summary(tmp_path / "b.txt", CHANGED),
                embeddings=Embedder("broken", fail),
            )
        with KnowledgeBase.open(tmp_path / "base", wait=0) as base:
            assert len(base.documents) == 1
            assert base.search("工业经济")


class TestOriginals:
    def test_the_newest_summary_is_handed_back_byte_for_byte(self, tmp_path: Path):
        for year in (2020, 2022, 2021):
            text = POWER.replace("230", str(year))
            ingest(tmp_path / "base", summary(tmp_path / f"{year}.txt", text, year=year))
        with KnowledgeBase.open(tmp_path / "base", wait=0) as base:
            newest = base.newest("云岭县工信局")
            assert newest is not None
            assert (newest.year, newest.path.name) == (2022, "2022.txt")
            assert newest.path.read_bytes() == (tmp_path / "2022.txt").read_bytes()
            before = base.newest("云岭县工信局", before=2022)
            assert before is not None
            assert before.year == 2021
            assert base.newest("青禾区工信局") is None

    def test_replaced_files_and_old_indexes_are_removed(self, tmp_path: Path):
        ingest(tmp_path / "base", summary(tmp_path / "a.txt"))
        (tmp_path / "a.txt").unlink()
        ingest(tmp_path / "base", summary(tmp_path / "a.txt", CHANGED))
        assert len(generations(tmp_path / "base")) == 1
        assert len([*(tmp_path / "base" / "originals").iterdir()]) == 1

    def test_tables_are_kept_by_organisation_and_year(self, tmp_path: Path):
        table = tmp_path / "2022年指标表.xlsx"
        table.write_bytes(b"first")
        with KnowledgeBase.open(tmp_path / "base", wait=0) as base:
            base.add_table("云岭县工信局", 2022, table)
            kept = base.table("云岭县 工信局", 2022)
            assert kept is not None
            assert (b"first", table.name) == (kept.read_bytes(), kept.name)
            assert base.table("云岭县工信局", 2021) is None

    def test_a_newer_table_replaces_that_years_older_one(self, tmp_path: Path):
        table = tmp_path / "2022年指标表.xlsx"
        for content in (b"first", b"second"):
            table.write_bytes(content)
            with KnowledgeBase.open(tmp_path / "base", wait=0) as base:
                base.add_table("云岭县工信局", 2022, table)
        ingest(tmp_path / "base", summary(tmp_path / "a.txt"))
        with KnowledgeBase.open(tmp_path / "base", wait=0) as base:
            kept = base.table("云岭县工信局", 2022)
            assert kept is not None
            assert kept.read_bytes() == b"second"
        assert len([*(tmp_path / "base" / "tables").iterdir()]) == 1

    def test_a_table_that_is_not_there_is_refused(self, tmp_path: Path):
        with (
            KnowledgeBase.open(tmp_path / "base", wait=0) as base,
            pytest.raises(UnreadableFileError, match="不存在"),
        ):
            base.add_table("云岭县工信局", 2022, tmp_path / "无.xlsx")


class TestLock:
    def test_a_second_writer_is_told_who_is_in_the_way(self, tmp_path: Path):
        with KnowledgeBase.open(tmp_path / "base", wait=0) as base:
            base.ingest([summary(tmp_path / "a.txt")])
            with pytest.raises(OperatorError, match="正被另一个程序使用"):
                ingest(tmp_path / "base", summary(tmp_path / "b.txt", CHANGED))
        ingest(tmp_path / "base", summary(tmp_path / "b.txt", CHANGED))

    def test_a_second_reader_has_to_wait_too(self, tmp_path: Path):
        with KnowledgeBase.open(tmp_path / "base", wait=0) as base:
            base.ingest([summary(tmp_path / "a.txt")])
            with (
                KnowledgeBase.open(tmp_path / "base", wait=0) as other,
                pytest.raises(OperatorError, match="正被另一个程序使用"),
            ):
                other.search("工业")

    def test_the_list_of_what_is_held_needs_no_lock(self, tmp_path: Path):
        with KnowledgeBase.open(tmp_path / "base", wait=0) as base:
            base.ingest([summary(tmp_path / "a.txt")])
            with KnowledgeBase.open(tmp_path / "base", wait=0) as other:
                assert other.newest("云岭县工信局") is not None

    def test_a_closed_base_can_be_used_again(self, tmp_path: Path):
        base = KnowledgeBase.open(tmp_path / "base", wait=0)
        base.ingest([summary(tmp_path / "a.txt")])
        base.close()
        assert base.search("工业")
        base.close()

    def test_a_folder_that_cannot_be_made_is_the_operators_matter(self, tmp_path: Path):
        (tmp_path / "base").write_text("a file")
        with pytest.raises(OperatorError, match="知识库"):
            ingest(tmp_path / "base", summary(tmp_path / "a.txt"))


class TestDamage:
    @pytest.mark.parametrize("text", ["{", "[]", '{"format": 0}', ""])
    def test_an_unusable_manifest_is_named(self, tmp_path: Path, text: str):
        (tmp_path / "manifest.json").write_text(text)
        with pytest.raises(OperatorError, match="重新入库"):
            KnowledgeBase.open(tmp_path)

    def test_a_missing_index_is_named(self, tmp_path: Path):
        ingest(tmp_path / "base", summary(tmp_path / "a.txt"))
        shutil.rmtree(tmp_path / "base" / "generations")
        with (
            KnowledgeBase.open(tmp_path / "base", wait=0) as base,
            pytest.raises(OperatorError, match="重新入库"),
        ):
            base.search("工业")

    @pytest.mark.parametrize(
        "part",
        ["embedder.npz", "embedder.json", "passages.jsonl", "chroma/chroma.sqlite3", "words/*.npy"],
    )
    def test_a_torn_part_of_the_index_is_named(self, tmp_path: Path, part: str):
        ingest(tmp_path / "base", summary(tmp_path / "a.txt"))
        (generation,) = (tmp_path / "base" / "generations").iterdir()
        for path in generation.glob(part):
            path.write_bytes(path.read_bytes()[:20])
        with (
            KnowledgeBase.open(tmp_path / "base", wait=0) as base,
            pytest.raises(OperatorError, match="重新入库"),
        ):
            base.search("工业")

    def test_a_folder_of_other_things_is_left_alone(self, tmp_path: Path):
        theirs = tmp_path / "tables" / "2021" / "指标表.xlsx"
        theirs.parent.mkdir(parents=True)
        theirs.write_bytes(b"theirs")
        with pytest.raises(OperatorError, match="不是知识库"):
            ingest(tmp_path, summary(tmp_path / "a.txt"))
        assert theirs.read_bytes() == b"theirs"
        assert not (tmp_path / "base.lock").exists()

    @pytest.mark.parametrize(
        "stage",
        [
            "write_manifest",
            *(
                pytest.param(stage, marks=pytest.mark.heavy)
                for stage in ("build", "_write_words", "_write_vectors", "_sweep")
            ),
        ],
    )
    def test_a_kill_leaves_a_base_that_the_next_ingest_mends(self, tmp_path: Path, stage: str):
        summary(tmp_path / "a.txt")
        summary(tmp_path / "b.txt", CHANGED)
        folder = tmp_path / "base"
        ingest(folder, summary(tmp_path / "a.txt"))
        assert run(KILLED, folder, tmp_path, stage).returncode == -signal.SIGKILL
        with KnowledgeBase.open(folder, wait=0) as base:
            assert base.search("支部建设")
        ingest(folder, summary(tmp_path / "a.txt"), summary(tmp_path / "b.txt", CHANGED))
        with KnowledgeBase.open(folder, wait=0) as base:
            assert any("更加有力" in passage.text for passage in base.search("支部建设更加有力"))
            assert len(base.documents) == 2
        assert len(generations(folder)) == 1
        assert len([*(folder / "originals").iterdir()]) == 2


class TestQuiet:
    def test_no_connection_is_ever_opened(self, tmp_path: Path):
        summary(tmp_path / "a.txt")
        done = run(OFFLINE, tmp_path / "base", tmp_path)
        assert (done.returncode, done.stdout, done.stderr) == (0, "found 3\n", "")

    def test_the_module_is_light(self):
        done = subprocess.run(
            [sys.executable, "-X", "importtime", "-c", "import drafter.knowledge.base"],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        assert not {"numpy", "scipy", "chromadb", "langchain_core", "openai"} & {
            line.rpartition("|")[2].strip() for line in done.stderr.splitlines()
        }

    def test_an_unchanged_base_loads_nothing_heavy(self, tmp_path: Path):
        ingest(tmp_path / "base", summary(tmp_path / "a.txt"))
        done = run(UNCHANGED, tmp_path / "base", tmp_path)
        assert (done.returncode, done.stdout) == (0, "unchanged\n")

    def test_chroma_holds_masked_text_alone(self, tmp_path: Path):
        ingest(tmp_path / "base", summary(tmp_path / "a.txt"))
        (generation,) = (tmp_path / "base" / "generations").iterdir()
        stored = b"".join(p.read_bytes() for p in (generation / "chroma").rglob("*.*"))
        assert "工业用电量完成〔数〕".encode() in stored
        assert "3.2亿千瓦时".encode() not in stored
        assert "3.2亿千瓦时" in (generation / "passages.jsonl").read_text(encoding="utf-8")

    def test_the_settings_of_the_surroundings_do_not_reach_chroma(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        (tmp_path / ".env").write_bytes("ANONYMIZED_TELEMETRY=true # 注".encode("gb18030"))
        monkeypatch.chdir(tmp_path)
        assert ingest(tmp_path / "base", summary(tmp_path / "a.txt")).added


def generations(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "generations").iterdir())


def run(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", script, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )


KILLED = """
import os, signal, sys
from pathlib import Path
from drafter.knowledge import base, generation
from tests.knowledge.samples import summary, POWER

folder, files, stage = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
owner = next(o for o in (base.KnowledgeBase, base, generation) if hasattr(o, stage))
whole = getattr(owner, stage)

def dies(*arguments):
    if stage in ("build", "_write_words", "_write_vectors"):
        whole(*arguments)
    if stage != "_sweep" or arguments[1].generation != before:
        os.kill(os.getpid(), signal.SIGKILL)

before = base.read_manifest(folder).generation
setattr(owner, stage, dies)
text = (files / "b.txt").read_text(encoding="utf-8")
base.KnowledgeBase.open(folder, wait=0).ingest([summary(files / "b.txt", text)])
"""

OFFLINE = """
import os, sys
from pathlib import Path

def forbid(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"):
        raise SystemExit(f"called out: {event} {arguments}")

sys.addaudithook(forbid)
from drafter.knowledge.base import KnowledgeBase
from tests.knowledge.samples import summary

with KnowledgeBase.open(Path(sys.argv[1]), wait=0) as base:
    base.ingest([summary(Path(sys.argv[2]) / "a.txt")])
    found = base.search("工业经济", k=3)
    # Compiled code raises no audit event: look at the sockets that are open now. (It keeps a pair
    # of local ones for itself; only those of the internet families are listed in these tables.)
    tables = [Path("/proc/self/net", name) for name in ("tcp", "tcp6", "udp", "udp6")]
    online = {line.split()[9] for table in tables if table.exists()
              for line in table.read_text().splitlines()[1:]}
    opened = [Path(entry) for entry in Path("/proc/self/fd").glob("*")]
    targets = {os.readlink(entry) for entry in opened if entry.is_symlink()}
    assert not targets & {f"socket:[{inode}]" for inode in online}
print("found", len(found))
"""

UNCHANGED = """
import sys
from pathlib import Path
from drafter.knowledge.base import KnowledgeBase

with KnowledgeBase.open(Path(sys.argv[1]), wait=0) as base:
    report = base.ingest_files([Path(sys.argv[2]) / "a.txt"], None)
assert not {"numpy", "scipy", "chromadb", "langchain_core"} & set(sys.modules)
print("unchanged" if report.unchanged else report)
"""
