"""Many more killed builds than the test suite has time for: twenty in each stage."""

import os
import subprocess
import sys


def main() -> None:
    environment = {**os.environ, "CLUSTERATLAS_KILLS": "20"}
    command = [sys.executable, "-m", "pytest", "-q", "tests/graph/test_kill.py", "-o", "timeout=3600"]
    subprocess.run(command, env=environment, check=True)


if __name__ == "__main__":
    main()
