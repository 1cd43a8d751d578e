"""What a page and the kernel say to each other about widgets, checked message by message."""

import array
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))

from client import Client, run_checks  # noqa: E402

IMPORTS = 'import * as w from "cakelab/widgets";'


def published(messages, type):
    return [message for message in messages if message["msg_type"] == type]


def updates(messages, method="update"):
    found = [m["content"]["data"] for m in published(messages, "comm_msg")]
    return [data["state"] for data in found if data["method"] == method]


def make(client, code):
    """Runs a cell that makes widgets; their ids by the names of their models, and its messages."""
    reply, messages = client.execute(IMPORTS + code)
    assert reply["status"] == "ok", reply
    opened = published(messages, "comm_open")
    names = {m["content"]["data"]["state"]["_model_name"]: m["content"]["comm_id"] for m in opened}
    return names, messages


def say(client, comm, data, buffers=None):
    id = client.send("comm_msg", {"comm_id": comm, "data": data}, buffers=buffers)
    return client.until_idle(id)


def slider_opens(client):
    ids, messages = make(client, "const a = new w.IntSlider({ value: 5, description: 'd' }); a")
    (opened,) = published(messages, "comm_open")
    assert opened["metadata"] == {"version": "2.1.0"}, opened["metadata"]
    assert opened["content"]["target_name"] == "jupyter.widget"
    state = opened["content"]["data"]["state"]
    assert (state["_model_module"], state["_view_name"]) == (
        "@jupyter-widgets/controls",
        "IntSliderView",
    )
    assert (state["value"], state["max"], state["readout_format"]) == (5, 100, "d")
    (result,) = published(messages, "execute_result")
    view = result["content"]["data"]["application/vnd.jupyter.widget-view+json"]
    assert view == {"version_major": 2, "version_minor": 0, "model_id": ids["IntSliderModel"]}
    assert result["content"]["data"]["text/plain"].startswith("IntSlider(")


def slider_goes_both_ways(client):
    ids, _ = make(
        client,
        "const b = new w.IntSlider(); const seen: number[] = [];"
        "b.observe((change) => { seen.push(change.new); console.log('saw', change.new); }, 'value');",
    )
    _, messages = client.execute("b.value = 77;")
    assert updates(messages) == [{"value": 77}], messages
    answer = say(client, ids["IntSliderModel"], {"method": "update", "state": {"value": 12}})
    assert updates(answer, "echo_update") == [{"value": 12}], answer
    assert updates(answer) == []
    (printed,) = published(answer, "stream")
    assert printed["content"]["text"] == "saw 12\n"
    reply, messages = client.execute("[b.value, ...seen]")
    assert published(messages, "execute_result")[0]["content"]["data"]["text/plain"] == "[ 12, 77, 12 ]"


def value_out_of_bounds_is_sent_back(client):
    ids, _ = make(client, "const c = new w.IntSlider({ max: 10 });")
    answer = say(client, ids["IntSliderModel"], {"method": "update", "state": {"value": 50}})
    assert updates(answer, "echo_update") == [{"value": 50}]
    assert updates(answer) == [{"value": 10}]


def wrong_value_of_the_page_is_reported(client):
    ids, _ = make(client, "const e = new w.IntSlider({ value: 3 });")
    answer = say(client, ids["IntSliderModel"], {"method": "update", "state": {"value": "x"}})
    (error,) = published(answer, "error")
    assert "IntSlider.value" in error["content"]["evalue"]
    assert updates(answer) == [{"value": 3}]


def buffers_travel(client):
    ids, messages = make(
        client,
        "const f = w.anywidget({ esm: 'export default {}', state: { data: new Float32Array([1, 2.5]),"
        " nested: { list: [new Uint8Array([7])] } } });",
    )
    (opened,) = published(messages, "comm_open")
    data = opened["content"]["data"]
    assert data["buffer_paths"] == [["data"], ["nested", "list", 0]], data
    assert data["state"]["_model_module"] == "anywidget"
    assert data["state"]["_model_module_version"] == "*"
    assert "data" not in data["state"] and data["state"]["nested"] == {"list": [None]}
    assert array.array("f", bytes(opened["buffers"][0])).tolist() == [1, 2.5]
    sent = array.array("f", [3, 4, 5]).tobytes()
    answer = say(
        client,
        ids["AnyModel"],
        {"method": "update", "state": {}, "buffer_paths": [["data"]]},
        buffers=[sent],
    )
    (echo,) = published(answer, "comm_msg")
    assert echo["content"]["data"]["method"] == "echo_update"
    assert bytes(echo["buffers"][0]) == sent
    _, messages = client.execute("f.data")
    assert published(messages, "execute_result")[0]["content"]["data"]["text/plain"] == (
        "Float32Array(3) [ 3, 4, 5 ]"
    )


def custom_messages_travel(client):
    ids, _ = make(
        client,
        "const g = w.anywidget({ esm: '' });"
        "g.onMsg(({ content, buffers }) => g.send({ got: content }, buffers));",
    )
    data = {"method": "custom", "content": {"n": 1}}
    answer = say(client, ids["AnyModel"], data, buffers=[b"abc"])
    (back,) = published(answer, "comm_msg")
    assert back["content"]["data"] == {"method": "custom", "content": {"got": {"n": 1}}}
    assert bytes(back["buffers"][0]) == b"abc"


def states_are_restored(client):
    ids, _ = make(
        client, "const h = w.anywidget({ esm: 'e', state: { bytes: new Uint8Array([9, 8]) } });"
    )
    client.send(
        "comm_open",
        {"comm_id": "control-1", "target_name": "jupyter.widget.control", "data": {}},
    )
    answer = say(client, "control-1", {"method": "request_states"})
    (reply,) = published(answer, "comm_msg")
    data = reply["content"]["data"]
    assert data["method"] == "update_states"
    mine = data["states"][ids["AnyModel"]]
    assert (mine["model_name"], mine["model_module"]) == ("AnyModel", "anywidget")
    place = data["buffer_paths"].index([ids["AnyModel"], "state", "bytes"])
    assert bytes(reply["buffers"][place]) == bytes([9, 8])
    single = say(client, ids["AnyModel"], {"method": "request_state"})
    assert updates(single)[0]["_esm"] == "e"
    assert ids["AnyModel"] in client.ask("comm_info_request")["comms"]


def output_captures_callbacks(client):
    ids, _ = make(
        client,
        "const out = new w.Output(); const button = new w.Button();"
        "button.onClick(out.capture(async () => { console.log('one'); await null;"
        " console.log('two'); throw new Error('three'); }));",
    )
    click = {"method": "custom", "content": {"event": "click"}}
    answer = say(client, ids["ButtonModel"], click)
    kinds = [
        (m["msg_type"], m["content"].get("text") or m["content"].get("ename"))
        if m["msg_type"] != "comm_msg"
        else m["content"]["data"]["state"]
        for m in answer
        if m["msg_type"] != "status"
    ]
    own = answer[0]["parent_header"]["msg_id"]
    assert (kinds[0], kinds[-1]) == ({"msg_id": own}, {"msg_id": ""}), kinds
    assert kinds[-2] == ("error", "Error"), kinds
    assert "".join(text for _, text in kinds[1:-2]) == "one\ntwo\n", kinds


def interact_runs(client):
    ids, messages = make(
        client, "w.interact(({ x }) => { console.log(x); return x * 2; }, { x: 3 });"
    )
    texts = [m["content"]["text"] for m in published(messages, "stream")]
    assert texts == ["3\n"], texts
    answer = say(client, ids["IntSliderModel"], {"method": "update", "state": {"value": 4}})
    assert [m["content"] for m in published(answer, "clear_output")] == [{"wait": True}]
    assert [m["content"]["text"] for m in published(answer, "stream")] == ["4\n"]
    (shown,) = published(answer, "display_data")
    assert shown["content"]["data"]["text/plain"] == "8"


def user_targets_are_opened(client):
    make(
        client,
        "w.registerCommTarget('mine', (comm, { data }) => {"
        " comm.onMessage = ({ data: more }) => comm.send({ more }); comm.send({ hello: data }); });",
    )
    id = client.send("comm_open", {"comm_id": "c1", "target_name": "mine", "data": {"a": 1}})
    (hello,) = published(client.until_idle(id), "comm_msg")
    assert hello["content"] == {"comm_id": "c1", "data": {"hello": {"a": 1}}}
    (more,) = published(say(client, "c1", {"b": 2}), "comm_msg")
    assert more["content"]["data"] == {"more": {"b": 2}}
    id = client.send("comm_close", {"comm_id": "c1", "data": {}})
    client.until_idle(id)
    assert "c1" not in client.ask("comm_info_request")["comms"]


def unknown_targets_are_closed(client):
    id = client.send("comm_open", {"comm_id": "c2", "target_name": "nobody", "data": {}})
    (closed,) = published(client.until_idle(id), "comm_close")
    assert closed["content"]["comm_id"] == "c2"


def closing_tells_the_page(client):
    ids, _ = make(client, "const k = new w.Text();")
    _, messages = client.execute("k.close();")
    (closed,) = published(messages, "comm_close")
    assert closed["content"]["comm_id"] == ids["TextModel"]
    say(client, ids["TextModel"], {"method": "update", "state": {"value": "late"}})


def types_are_checked(client):
    def fails(code):
        reply, _ = client.execute(IMPORTS + code)
        return reply["status"] == "error" and reply["ename"] == "TypeScriptError"

    assert fails("new w.IntSlider({ vaule: 3 })")
    assert fails("new w.IntSlider({ value: 'a' })")
    assert fails("const l = new w.IntSlider(); const text: string = l.value;")
    good, _ = client.execute(
        IMPORTS
        + "const m = new w.IntSlider({ continuous_update: false, layout: { width: '50%' } });"
        "m.layout = { margin: '1px' }; m.readoutFormat = '.1f'; m.style.handleColor = 'red';"
        "m.observe(({ new: value, owner }) => value.toFixed(owner.max), 'value');"
        "const d = new w.Dropdown({ options: { one: 1, two: 2 }, value: 2 });"
        "const n: number = d.value; new w.VBox([m, d]);"
        "w.interact(({ x, y, z }) => x.toFixed(y) + z.length, { x: 1.5, y: [0, 5], z: ['a', 'b', 'c'] });"
    )
    assert good["status"] == "ok", good


CHECKS = [
    slider_opens,
    slider_goes_both_ways,
    value_out_of_bounds_is_sent_back,
    wrong_value_of_the_page_is_reported,
    buffers_travel,
    custom_messages_travel,
    states_are_restored,
    output_captures_callbacks,
    interact_runs,
    user_targets_are_opened,
    unknown_targets_are_closed,
    closing_tells_the_page,
    types_are_checked,
]


def main():
    client = Client()
    try:
        run_checks(CHECKS, client)
    finally:
        client.stop()


if __name__ == "__main__":
    main()
