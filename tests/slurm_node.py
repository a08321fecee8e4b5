"""A Slurm of one node on this machine, from the programs that Debian ships: no systemd, no accounting.

    with slurm_node(folder): ...

Needs root, and that no Slurm is configured here: jobs find the configuration at its usual place only
(SLURM_CONF is not handed on to them). Everything is stopped by its process id at the end.
"""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = ["munged", "slurmctld", "slurmd", "sbatch", "squeue", "scancel"]
CONFIG = Path("/etc/slurm/slurm.conf")
TEXT = """
ClusterName=test
SlurmctldHost={name}(127.0.0.1)
SlurmctldPort={ports[0]}
SlurmdPort={ports[1]}
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmdSpoolDir={folder}/spool
StateSaveLocation={folder}/state
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=task=1
JobAcctGatherParams=OverMemoryKill,UsePss
ReturnToService=2
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
NodeName={name} NodeAddr=127.0.0.1 CPUs={cpus} RealMemory={memory} State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def why_not() -> str:
    """Why there can be no Slurm here; empty where there can."""
    missing = [program for program in PROGRAMS if not shutil.which(program, path=_path())]
    if missing:
        return f"these programs are missing: {', '.join(missing)} (Debian: slurmctld slurmd slurm-client munge)"
    if os.geteuid():
        return "Slurm is started by root"
    return f"a Slurm is configured here already ({CONFIG})" if CONFIG.exists() else ""


@contextmanager
def slurm_node(folder: Path, cpus: int = 2, memory: int = 8000) -> Iterator[None]:
    """Within this context `sbatch` runs jobs here."""
    folder.mkdir(parents=True, mode=0o755)
    (folder / "state").mkdir()
    key = folder / "munge.key"
    key.write_bytes(os.urandom(1024))
    key.chmod(0o400)
    name = socket.gethostname().split(".")[0]
    text = TEXT.format(folder=folder, name=name, ports=_free_ports(), cpus=cpus, memory=memory)
    made = not CONFIG.parent.exists()
    CONFIG.parent.mkdir(parents=True, exist_ok=True)
    CONFIG.write_text(text, encoding="utf-8")
    munge = [f"--key-file={key}", f"--socket={folder}/munge.socket", f"--pid-file={folder}/munged.pid", "--force"]
    munge += [f"--log-file={folder}/munged.log", f"--seed-file={folder}/munge.seed", "--foreground"]
    running: list[subprocess.Popen] = []
    try:
        for command in (["munged", *munge], ["slurmctld", "-D", "-c"], ["slurmd", "-D", "-c"]):
            running.append(_started(command, folder))
            time.sleep(1)
        _wait_until_idle(folder)
        yield
    finally:
        for process in reversed(running):
            process.terminate()
        for process in reversed(running):
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        CONFIG.unlink()
        if made:
            CONFIG.parent.rmdir()


def _started(command: list[str], folder: Path) -> subprocess.Popen:
    program = shutil.which(command[0], path=_path())
    with (folder / f"{command[0]}.out").open("w") as out:
        return subprocess.Popen([program, *command[1:]], stdout=out, stderr=out, stdin=subprocess.DEVNULL)


def _wait_until_idle(folder: Path) -> None:
    for _ in range(60):
        done = subprocess.run(["sinfo", "-h", "-o", "%T"], capture_output=True, text=True, check=False)
        if done.stdout.strip() in ("idle", "mixed", "allocated"):
            return
        time.sleep(0.5)
    said = "".join(f"{path.name}: {path.read_text()[-800:]}\n" for path in sorted(folder.glob("*.log")))
    raise TimeoutError(f"the node does not become idle: {done.stdout}{done.stderr}\n{said}")


def _free_ports() -> list[int]:
    """Two ports that nothing listens on."""
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return [one.getsockname()[1], two.getsockname()[1]]


def _path() -> str:
    return f"{os.environ['PATH']}:/usr/sbin:/sbin"
