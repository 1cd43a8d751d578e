"""What cells show of values, errors and progress, checked message by message."""

import base64
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))

from client import Client, run_checks  # noqa: E402

SIMULATION = """
import { AzimuthalIntegrator, cake, detector } from "cakelab";
import { simulatePowder } from "cakelab/simulate";
const geometry = { dist: 0.3, poni1: 0.02, poni2: 0.02, wavelength: 2e-11,
  detector: detector({ pixel1: 4e-4, pixel2: 4e-4, shape: [100, 100] }) };
const ai = new AzimuthalIntegrator(geometry);
const image = simulatePowder({ ...geometry, phases: [{ lattice: "CeO2", fwhm: 0.2 }] });
"""

STEPS = """
const report = (done: number, total: number | undefined) =>
  (globalThis as any)[Symbol.for("cakelab.progress")]({ label: "caking", done, total });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
"""


def data_of(messages, type="execute_result"):
    return [m["content"]["data"] for m in messages if m["msg_type"] == type]


def run(client, code):
    reply, messages = client.execute(code)
    assert reply["status"] == "ok", reply
    return messages


def seen(messages):
    """The outputs that are left when front ends have followed all messages."""
    left, clear = [], False
    for message in messages:
        kind, content = message["msg_type"], message["content"]
        if kind == "clear_output":
            clear = content["wait"]
            left = left if clear else []
        elif kind == "update_display_data":
            for output in left:
                if output.get("transient") == content["transient"]:
                    output.update(content)
        elif kind in ("stream", "display_data", "execute_result", "error"):
            left = [content] if clear else [*left, content]
            clear = False
    return left


def png_size(bundle):
    png = base64.b64decode(bundle["image/png"])
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


def results_show_themselves(client):
    run(client, SIMULATION)
    js = "method: { engine: 'js' }"
    (image,) = data_of(run(client, "image"))
    assert png_size(image)[0] == 1280
    assert "Detector image: 100 rows" in image["text/plain"]
    assert image["text/html"].startswith("<img alt=")
    (flat,) = data_of(run(client, f"await ai.integrate2d(image, 50, 12, {{ {js} }})"))
    (cakes,) = data_of(run(client, f"await cake(image, ai, {{ npt: 50, {js} }})"))
    assert png_size(flat)[0] == png_size(cakes)[0] == 1280
    assert "36 cakes clockwise" in cakes["text/html"]
    (line,) = data_of(run(client, f"await ai.integrate1d(image, 50, {{ {js} }})"))
    assert png_size(line)[0] == 1280
    figure = line["application/vnd.plotly.v1+json"]
    assert figure["config"]["showSendToCloud"] is False
    assert len(figure["data"][0]["x"]) == 50


def figures_are_stills_in_their_order(client):
    run(client, SIMULATION + 'import { display, ImageView, Output } from "cakelab/widgets";')
    messages = run(client, "display(new ImageView(image)); display('second'); new ImageView(image)")
    shown = [m for m in messages if m["msg_type"] in ("display_data", "execute_result")]
    still, figure, text, other, last = [m["content"] for m in shown]
    width, height = png_size(still["data"])
    size = {"image/png": {"width": width / 2, "height": height / 2}}
    assert still["metadata"] == other["metadata"] == size and width == 1280
    assert text["data"]["text/plain"] == "'second'"
    for live in (figure, last):
        assert "image/png" not in live["data"] and "100 rows" in live["data"]["text/plain"]
        assert "application/vnd.jupyter.widget-view+json" in live["data"]
    assert "100 rows" in other["data"]["text/plain"]


def figures_stay_in_their_output(client):
    run(client, SIMULATION + 'import { display, ImageView, Output } from "cakelab/widgets";')
    messages = run(
        client,
        "const output = new Output();"
        "const n = output.run(() => { display(new ImageView(image)); return 3; });"
        "console.log('n =', n);",
    )
    order = []
    for message in messages:
        content = message["content"]
        if message["msg_type"] == "comm_msg" and "msg_id" in content["data"].get("state", {}):
            order.append("enter" if content["data"]["state"]["msg_id"] else "leave")
        elif message["msg_type"] == "display_data":
            order.append("figure")
    assert order == ["enter", "figure", "figure", "leave"], order


def long_arrays_are_summarised(client):
    (data,) = data_of(run(client, "Float32Array.from({ length: 5000 }, (_, i) => i / 2)"))
    text = "Float32Array(5000) [0, 0.5, 1, …, 2498.5, 2499, 2499.5] min 0, max 2499.5"
    assert data == {"text/plain": text}, data
    (data,) = data_of(run(client, "({ a: new Uint8Array(3), b: new Float64Array(1000).fill(NaN) })"))
    assert "Uint8Array(3) [ 0, 0, 0 ]" in data["text/plain"]
    assert "Float64Array(1000) [NaN, NaN, NaN, …, NaN, NaN, NaN] no finite value" in data["text/plain"]


def records_are_tables(client):
    (data,) = data_of(run(client, "[{ name: 'a<b', q: 1.5 }, { name: 'c', q: 2 }]"))
    assert "<th>name</th><th>q</th>" in data["text/html"]
    assert "a&lt;b" in data["text/html"] and "2 rows × 2 columns" in data["text/html"]
    assert "name: 'a<b'" in data["text/plain"]
    (data,) = data_of(run(client, "[{ x: { y: 1 } }, { x: 2 }]"))
    assert "text/html" not in data


def errors_of_the_library_have_a_box(client):
    run(client, SIMULATION)
    reply, messages = client.execute("await ai.integrate1d(image, 50, { unit: 'q_nm' })")
    assert (reply["status"], reply["ename"]) == ("error", "OptionError")
    (box,) = data_of(messages, "display_data")
    assert "An option is not possible" in box["text/html"] and "q_nm^-1" in box["text/html"]
    assert box["text/plain"].startswith("An option is not possible: unit:")
    assert len(reply["traceback"]) < 6, reply["traceback"]
    reply, messages = client.execute("throw new RangeError('mine')")
    assert data_of(messages, "display_data") == [] and reply["evalue"] == "mine"


def displays_are_updated_and_cleared(client):
    messages = run(
        client,
        "import { clearOutput, display } from 'cakelab/widgets';"
        "console.log('gone'); clearOutput({ wait: true });"
        "const shown = display({ 'text/html': '<b>1</b>' }, { raw: true, displayId: 'mine' });"
        "shown.update({ 'text/html': '<b>2</b>' });",
    )
    (left,) = seen(messages)
    assert left["data"] == {"text/html": "<b>2</b>"}, left
    assert left["transient"] == {"display_id": "mine"}
    messages = run(client, "console.log('gone'); clearOutput();")
    assert seen(messages) == []


def quick_calls_show_no_progress(client):
    messages = run(client, STEPS + "report(1, 3); await pause(300); report(2, 3); report(3, 3);")
    assert messages == [], messages


def progress_shows_and_goes(client):
    run(client, STEPS)
    messages = run(
        client,
        "console.log('before'); for (let i = 0; i < 10; i++) { report(i, 10); await pause(100); }"
        "report(10, 10); console.log('after'); 'result'",
    )
    bars = data_of(messages, "display_data")
    assert "<progress" in bars[0]["text/html"], messages
    assert "caking: 5/10, 50 %" in bars[0]["text/plain"] or "caking: 6/10" in bars[0]["text/plain"]
    assert "left" in bars[0]["text/plain"]
    assert len(data_of(messages, "update_display_data")) >= 1
    left = seen(messages)
    assert [output.get("text") for output in left] == ["before\n", "after\n", None], left
    assert left[-1]["data"]["text/plain"] == "'result'"


def progress_of_a_failed_call_goes(client):
    run(client, STEPS)
    reply, messages = client.execute(
        "for (let i = 0; i < 8; i++) { report(i, undefined); await pause(100); } throw new Error('no');"
    )
    assert data_of(messages, "display_data"), messages
    (left,) = seen(messages)
    assert (reply["status"], left["ename"]) == ("error", "Error")


CHECKS = [
    results_show_themselves,
    figures_are_stills_in_their_order,
    figures_stay_in_their_output,
    long_arrays_are_summarised,
    records_are_tables,
    errors_of_the_library_have_a_box,
    displays_are_updated_and_cleared,
    quick_calls_show_no_progress,
    progress_shows_and_goes,
    progress_of_a_failed_call_goes,
]


def main():
    client = Client()
    try:
        run_checks(CHECKS, client)
    finally:
        client.stop()


if __name__ == "__main__":
    main()
