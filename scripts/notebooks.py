"""Runs notebooks in place, two at a time, each in the folder that it stands in and with the kernel that it names.

Arguments: the folder of kernels, then the notebooks. An error in a cell becomes an output of that cell.
"""
import asyncio
import sys
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

kernels, *files = sys.argv[1:]
AT_ONCE = 2


async def run(file: Path, turn: asyncio.Semaphore) -> None:
    async with turn:
        notebook = nbformat.read(file, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        kernel = notebook.metadata.kernelspec.name
        manager = AsyncKernelManager(kernel_name=kernel, kernel_spec_manager=KernelSpecManager(kernel_dirs=[kernels]))
        place = {"metadata": {"path": str(file.parent)}}
        client = NotebookClient(notebook, km=manager, timeout=180, allow_errors=True, resources=place)
        try:
            await client.async_execute()
        except RuntimeError as error:
            # A kernel that does not answer, such as one whose port another took meanwhile. Its cells have no outputs, so the caller tries again.
            print(f"{file.name}: {error}", file=sys.stderr)
        finally:
            await manager.shutdown_kernel(now=True)
        nbformat.write(notebook, file)


async def main() -> None:
    turn = asyncio.Semaphore(AT_ONCE)
    await asyncio.gather(*(run(Path(file), turn) for file in files))


asyncio.run(main())
