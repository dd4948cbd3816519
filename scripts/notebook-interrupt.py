"""Interrupts a long run in Deno's kernel: the cell ends with AbortError, its bar was updated in place, and the kernel goes on.

Arguments: the folder of kernels, the folder to run in.
"""
import queue
import sys
import time

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

kernels, folder = sys.argv[1:]
manager = KernelManager(kernel_name="deno", kernel_spec_manager=KernelSpecManager(kernel_dirs=[kernels]))
manager.start_kernel(cwd=folder)
client = manager.client()
client.start_channels()
client.wait_for_ready(timeout=60)


def run(code, bars_before_interrupt=None, timeout=60):
    """The messages of a cell: their types, and what stands in them as text.

    Deno's kernel may say that it is idle before it sends the value of the cell: what follows within two seconds belongs to it.
    """
    cell, begun, sent, found, idle = client.execute(code), time.time(), False, [], None
    while time.time() - begun < timeout:
        ended = found and found[-1][0] in ("error", "execute_result")
        if idle is not None and (ended or time.time() - idle > 2):
            return found
        bars = sum("%" in text for _, text in found)
        if bars_before_interrupt is not None and not sent and bars >= bars_before_interrupt:
            manager.interrupt_kernel()
            sent = True
        try:
            message = client.get_iopub_msg(timeout=0.2)
        except queue.Empty:
            if not manager.is_alive():
                sys.exit("the kernel has died")
            continue
        if message["parent_header"].get("msg_id") != cell:
            continue
        kind, content = message["msg_type"], message["content"]
        if kind == "error":
            found.append((kind, content["ename"]))
        elif "data" in content:
            found.append((kind, content["data"].get("text/plain", "")))
        elif kind == "status" and content["execution_state"] == "idle":
            idle = time.time()
    sys.exit(f"no end within {timeout} s of {code}")


SCENARIO = "{ conversations: { base: '45k to 60k' }, offers: { a: { charges: [{ meter: 'conversations', price: 1 }] } } }"
LONG = "{ trials: 900_000_000, keepTrials: false, threads: 2, onProgress: notebookProgress() }"
try:
    run("const { simulate, notebookProgress } = await import('billcast')")
    found = run(f"await simulate({SCENARIO}, {LONG})", bars_before_interrupt=3)
    assert found[-1] == ("error", "AbortError"), found[-1]
    bars = [kind for kind, text in found if "%" in text]
    assert bars[0] == "display_data" and set(bars[1:]) == {"update_display_data"}, bars
    found = run(f"(await simulate({SCENARIO}, {{ trials: 1000 }})).summary.trials")
    assert any("1008" in text for _, text in found), found
finally:
    manager.shutdown_kernel(now=True)
