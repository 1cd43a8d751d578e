"""What Jupyter's protocol asks of a kernel, one check for each behaviour, all in one kernel."""

import os
import signal
import socket
import subprocess
import sys
import time

import zmq
from client import TIMEOUT, Client, run_checks
from jupyter_client.connect import write_connection_file
from jupyter_client.session import Session

BUSY = "{ const from = Date.now(); while (Date.now() - from < 1500); }"
SESSION = 'const session = (globalThis as any)[Symbol.for("cakelab.kernel")];'


def texts(outputs, name="stdout"):
    streams = [m["content"] for m in outputs if m["msg_type"] == "stream"]
    return "".join(s["text"] for s in streams if s["name"] == name)


def kernel_info_is_answered_on_shell_and_control(client):
    for channel in ("shell", "control"):
        info = client.ask("kernel_info_request", channel=channel)
        assert info["status"] == "ok" and info["implementation"] == "cakelab", info
        assert info["protocol_version"] == "5.4", info
        language = info["language_info"]
        assert language["name"] == "typescript" and language["file_extension"] == ".ts", language
        assert language["version"].count(".") == 2 and "CakeLab" in info["banner"], info


def heartbeat_and_control_answer_while_a_cell_is_busy(client):
    heart = client.kc.context.socket(zmq.REQ)
    heart.connect(f"tcp://{client.kc.ip}:{client.kc.hb_port}")
    id = client.kc.execute(BUSY)
    time.sleep(0.3)
    for ask in (
        lambda: (heart.send(b"beat"), heart.poll(2000), heart.recv()),
        lambda: client.ask("kernel_info_request", channel="control"),
        lambda: client.ask("kernel_info_request"),
    ):
        start = time.time()
        ask()
        assert time.time() - start < 0.2, time.time() - start
    heart.close(0)
    assert client.reply_to(id)["content"]["status"] == "ok"
    states = [m for m in client.until_idle(id) if m["msg_type"] == "status"]
    # Said again after the answers in between, which ended in "idle".
    assert [s["content"]["execution_state"] for s in states][-2:] == ["busy", "idle"]


def subscribers_are_welcomed(client):
    iopub = client.kc.context.socket(zmq.SUB)
    iopub.subscribe(b"")
    iopub.connect(f"tcp://{client.kc.ip}:{client.kc.iopub_port}")
    assert iopub.poll(5000)
    own = Session(key=client.kc.session.key)
    _, frames = own.feed_identities(iopub.recv_multipart())
    message = own.deserialize(frames)
    assert message["msg_type"] == "iopub_welcome" and message["content"] == {"subscription": ""}
    iopub.close(0)


def sockets_listen_on_the_given_address_only(client):
    for name in ("shell", "iopub", "stdin", "control", "hb"):
        port = getattr(client.kc, f"{name}_port")
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
        try:
            socket.create_connection(("127.0.0.2", port), timeout=2)
            raise AssertionError(f"{name} also listens elsewhere")
        except ConnectionRefusedError:
            pass


def a_request_is_framed_by_busy_and_idle(client):
    id = client.kc.execute("2 + 3")
    client.reply_to(id)
    types = [m["content"].get("execution_state", m["msg_type"]) for m in client.until_idle(id)]
    assert types == ["busy", "execute_input", "execute_result", "idle"], types
    id = client.send("comm_info_request", {})
    client.reply_to(id)
    assert [m["content"]["execution_state"] for m in client.until_idle(id)] == ["busy", "idle"]


def messages_name_their_parent_and_session(client):
    id = client.kc.execute("console.log(1); 2")
    reply = client.reply_to(id)
    published = client.until_idle(id)
    for message in [reply, *published]:
        assert message["parent_header"]["msg_id"] == id
        assert message["parent_header"]["session"] == client.kc.session.session
        assert message["header"]["session"] == reply["header"]["session"]
    ids = [m["header"]["msg_id"] for m in [reply, *published]]
    assert len(set(ids)) == len(ids)


def input_is_broadcast_with_its_count(client):
    id = client.kc.execute("6 * 7")
    count = client.reply_to(id)["content"]["execution_count"]
    [sent] = [m for m in client.until_idle(id) if m["msg_type"] == "execute_input"]
    assert sent["content"] == {"code": "6 * 7", "execution_count": count}
    assert client.execute("1")[0]["execution_count"] == count + 1


def results_come_with_their_count(client):
    reply, [result] = client.execute("1 + 1")
    assert result["msg_type"] == "execute_result"
    assert result["content"]["execution_count"] == reply["execution_count"]
    assert result["content"]["data"] == {"text/plain": "2"}
    assert client.execute("const quiet = 1;")[1] == []


def rich_results_have_several_forms(client):
    code = """({ [Symbol.for("Jupyter.display")]() {
      return { "text/html": "<b>x</b>", "image/png": new Uint8Array([1, 2, 3]), "text/plain": "x" };
    } })"""
    _, [result] = client.execute(code)
    data = {"text/html": "<b>x</b>", "image/png": "AQID", "text/plain": "x"}
    assert result["content"]["data"] == data, result


def streams_are_told_apart(client):
    _, outputs = client.execute('console.log("out"); console.error("err");')
    assert texts(outputs) == "out\n" and texts(outputs, "stderr") == "err\n"


def printed_text_comes_while_the_cell_is_busy(client):
    id = client.kc.execute(f'console.log("early"); {BUSY}')
    start = time.time()
    while client.kc.get_iopub_msg(timeout=TIMEOUT)["msg_type"] != "stream":
        pass
    assert time.time() - start < 1.2, "only when the cell had ended"
    client.until_idle(id)


def much_printed_text_comes_in_few_messages(client):
    _, outputs = client.execute("for (let i = 0; i < 5000; i++) console.log(i);")
    assert texts(outputs) == "".join(f"{i}\n" for i in range(5000))
    assert len(outputs) < 200, len(outputs)


def display_data_and_its_updates(client):
    code = """import { display } from "cakelab/widgets";
      const shown = display({ "text/html": "<i>1</i>" }, { raw: true, displayId: "there" });
      shown.update({ "text/html": "<i>2</i>" });"""
    _, outputs = client.execute(code)
    assert [m["msg_type"] for m in outputs] == ["display_data", "update_display_data"], outputs
    assert [m["content"]["data"]["text/html"] for m in outputs] == ["<i>1</i>", "<i>2</i>"]
    assert {m["content"]["transient"]["display_id"] for m in outputs} == {"there"}


def output_can_be_cleared(client):
    _, [cleared] = client.execute(f'{SESSION} session.publish("clear_output", {{ wait: true }});')
    assert cleared["msg_type"] == "clear_output" and cleared["content"] == {"wait": True}


def errors_tell_what_and_where(client):
    code = 'function far(): never {\n  throw new RangeError("too far");\n}\nfar();'
    reply, [error] = client.execute(code)
    for content in (reply, error["content"]):
        assert (content["ename"], content["evalue"]) == ("RangeError", "too far"), content
        assert "too far" in content["traceback"][0], content
    assert reply["status"] == "error" and error["msg_type"] == "error"
    reply, _ = client.execute('const text = "a";\nconst n: number = text;')
    assert "2:7" in reply["evalue"], reply


def silent_cells_leave_no_trace(client):
    before = client.execute("1")[0]["execution_count"]
    reply, outputs = client.execute('console.log("heard?"); 5', silent=True)
    assert reply["status"] == "ok" and outputs == [], outputs
    reply, outputs = client.execute('throw new Error("silent")', silent=True)
    assert reply["status"] == "error" and outputs == [], outputs
    assert client.execute("2")[0]["execution_count"] == before + 1
    inputs = [h[2] for h in client.ask("history_request", tail(3))["history"]]
    assert not any("heard?" in text for text in inputs), inputs


def cells_may_stay_out_of_history(client):
    before = client.execute("1")[0]["execution_count"]
    assert client.execute('"kept out"', store_history=False)[0]["execution_count"] == before
    [[_, number, text]] = client.ask("history_request", tail(1))["history"]
    assert (number, text) == (before, "1")


def user_expressions_are_evaluated(client):
    circle = """({ [Symbol.for("Jupyter.display")]() {
      const circle: any = {}; circle.self = circle; return { "application/json": circle };
    } })"""
    expressions = {"sum": "base + 1", "wrong": "nowhere", "thrown": "f()", "odd": circle}
    code = "const base = 4; const f = () => { throw new Error('no'); };"
    values = client.execute(code, user_expressions=expressions)[0]["user_expressions"]
    assert values["sum"] == {"status": "ok", "data": {"text/plain": "5"}, "metadata": {}}, values
    assert values["wrong"]["status"] == "error" and values["wrong"]["ename"] == "TypeScriptError"
    assert values["thrown"]["status"] == "error" and values["thrown"]["evalue"] == "no", values
    assert values["odd"]["status"] == "error" and "circular" in values["odd"]["evalue"], values


def cells_after_an_error_are_aborted_and_answered(client):
    codes = ["1", 'throw new Error("stop")', "3", "4"]
    sent = [client.kc.execute(code) for code in codes]
    # Other requests are not given up with the cells.
    other = client.send("is_complete_request", {"code": "1"})
    replies = {}
    while len(replies) < 5:
        reply = client.kc.get_shell_msg(timeout=TIMEOUT)
        replies[reply["parent_header"]["msg_id"]] = reply["content"]["status"]
    assert [replies[id] for id in sent] == ["ok", "error", "aborted", "aborted"], replies
    assert replies[other] == "complete"
    client.until_idle(sent[3])
    assert client.execute("5")[0]["status"] == "ok", "sent at once after the error was known"


def errors_may_be_passed_over(client):
    codes = ["1", 'throw new Error("go on")', "3", "4"]
    sent = [client.kc.execute(code, stop_on_error=False) for code in codes]
    statuses = [client.reply_to(id)["content"]["status"] for id in sent]
    assert statuses == ["ok", "error", "ok", "ok"], statuses
    client.until_idle(sent[3])


def completion_knows_variables_and_members(client):
    client.execute("const measuredIntensity = [1, 2];")
    reply = client.ask("complete_request", {"code": "measuredInt", "cursor_pos": 11})
    assert "measuredIntensity" in reply["matches"], reply
    assert (reply["cursor_start"], reply["cursor_end"]) == (0, 11), reply
    code = 'const s = "😀"; measuredIntensity.fla + 1'
    reply = client.ask("complete_request", {"code": code, "cursor_pos": code.index(" + 1")})
    assert "flatMap" in reply["matches"], reply
    assert code[reply["cursor_start"] : reply["cursor_end"]] == "fla", reply


def inspection_has_two_levels(client):
    client.execute("/** Half of it. @param x a number */ function halve(x: number) { return x / 2; }")
    request = {"code": "halve(1)", "cursor_pos": 3, "detail_level": 0}
    for level in (0, 1):
        reply = client.ask("inspect_request", {**request, "detail_level": level})
        assert reply["found"] and "Half of it" in reply["data"]["text/plain"], reply
    reply = client.ask("inspect_request", {**request, "code": "   ", "cursor_pos": 1})
    assert reply == {"status": "ok", "found": False, "data": {}, "metadata": {}}, reply


def a_question_mark_opens_the_pager(client):
    reply, outputs = client.execute("halve?")
    [page] = reply["payload"]
    assert page["source"] == "page" and "Half of it" in page["data"]["text/plain"], page
    assert outputs == []
    [page] = client.execute("?nowhere")[0]["payload"]
    assert "nothing is known" in page["data"]["text/plain"], page


def code_is_complete_incomplete_or_invalid(client):
    samples = {
        "complete": ["const x = 1", "await (1 + 1)", "await fetch(1);", "`a`", "if (1) {}", ""],
        "incomplete": ["const x = {", "`a", "f(", "function f() {", "/* a", "`${[1"],
        "invalid": ["function function", "const = 3", "1 2 3)", '"a'],
    }
    for status, codes in samples.items():
        for code in codes:
            reply = client.ask("is_complete_request", {"code": code})
            assert reply["status"] == status, (code, reply)
            assert ("indent" in reply) == (status == "incomplete"), reply


def tail(n, **more):
    return {"hist_access_type": "tail", "n": n, "output": False, "raw": True, **more}


def history_is_searched(client):
    count = client.execute("11 + 11")[0]["execution_count"]
    for code in ("11 + 22", "11 + 11"):
        client.execute(code)
    history = client.ask("history_request", tail(3))["history"]
    assert [h[1:] for h in history] == [
        [count, "11 + 11"],
        [count + 1, "11 + 22"],
        [count + 2, "11 + 11"],
    ], history
    history = client.ask("history_request", tail(1, output=True))["history"]
    assert history[0][2] == ["11 + 11", "22"], history
    span = {"hist_access_type": "range", "session": 0, "start": count, "stop": count + 2}
    assert len(client.ask("history_request", span)["history"]) == 2
    search = {"hist_access_type": "search", "pattern": "11 + *", "unique": True}
    history = client.ask("history_request", search)["history"]
    assert [h[2] for h in history] == ["11 + 22", "11 + 11"], history


def comms_open_answer_and_close_both_ways(client):
    define = """import { registerCommTarget } from "cakelab/widgets";
      registerCommTarget("test.echo", (comm) => {
        comm.onMessage = ({ data, buffers }) => comm.send({ got: data }, { buffers });
      });"""
    assert client.execute(define)[0]["status"] == "ok"
    id = client.send("comm_open", {"comm_id": "c1", "target_name": "test.echo", "data": {}})
    client.until_idle(id)
    comms = client.ask("comm_info_request", {"target_name": "test.echo"})["comms"]
    assert comms == {"c1": {"target_name": "test.echo"}}, comms
    assert client.ask("comm_info_request", {"target_name": "other"})["comms"] == {}

    payload = [os.urandom(8_000_000), b"", b"<IDS|MSG>"]
    id = client.send("comm_msg", {"comm_id": "c1", "data": {"n": 1}}, buffers=payload)
    [answer] = [m for m in client.until_idle(id) if m["msg_type"] == "comm_msg"]
    assert answer["content"]["data"] == {"got": {"n": 1}}
    assert [bytes(b) for b in answer["buffers"]] == payload

    client.until_idle(client.send("comm_close", {"comm_id": "c1", "data": {}}))
    assert client.ask("comm_info_request", {"target_name": "test.echo"})["comms"] == {}


def comms_to_nowhere_are_closed(client):
    id = client.send("comm_open", {"comm_id": "c2", "target_name": "nobody", "data": {}})
    closed = [m for m in client.until_idle(id) if m["msg_type"] == "comm_close"]
    assert [m["content"]["comm_id"] for m in closed] == ["c2"]


def comms_are_handled_while_a_cell_awaits(client):
    cell = client.kc.execute("await new Promise((resolve) => setTimeout(resolve, 1500))")
    time.sleep(0.3)
    start = time.time()
    id = client.send("comm_open", {"comm_id": "c3", "target_name": "test.echo", "data": {}})
    client.until_idle(id)
    id = client.send("comm_msg", {"comm_id": "c3", "data": {}})
    assert any(m["msg_type"] == "comm_msg" for m in client.until_idle(id))
    assert time.time() - start < 0.5, time.time() - start
    client.reply_to(cell)
    client.until_idle(cell)


def cells_ask_for_input(client):
    for options, password in (("", False), (", { password: true }", True)):
        id = client.kc.execute(f'await input("name: "{options})', allow_stdin=True)
        question = client.kc.get_stdin_msg(timeout=TIMEOUT)
        assert question["msg_type"] == "input_request"
        assert question["content"] == {"prompt": "name: ", "password": password}, question
        assert question["parent_header"]["msg_id"] == id
        client.kc.input("Ada")
        assert client.reply_to(id)["content"]["status"] == "ok"
        [result] = [m for m in client.until_idle(id) if m["msg_type"] == "execute_result"]
        assert result["content"]["data"]["text/plain"] == "'Ada'", result


def prompt_blocks_until_it_is_answered(client):
    id = client.kc.execute('prompt("name: ")', allow_stdin=True)
    question = client.kc.get_stdin_msg(timeout=TIMEOUT)
    assert question["content"] == {"prompt": "name: ", "password": False}, question
    other = client.send("comm_info_request", {})
    client.kc.input("Ada")
    replies = [client.kc.get_shell_msg(timeout=TIMEOUT) for _ in range(2)]
    assert {r["parent_header"]["msg_id"] for r in replies} == {id, other}
    [result] = [m for m in client.until_idle(id) if m["msg_type"] == "execute_result"]
    assert result["content"]["data"]["text/plain"] == "'Ada'", result


def input_is_refused_where_nobody_can_answer(client):
    reply, _ = client.execute('await input("name: ")', allow_stdin=False)
    assert reply["status"] == "error" and reply["ename"] == "InputError", reply


def a_question_can_be_interrupted(client):
    for code in ('await input("name: ")', 'prompt("name: ")'):
        id = client.kc.execute(code, allow_stdin=True)
        client.kc.get_stdin_msg(timeout=TIMEOUT)
        client.ask("interrupt_request", channel="control")
        assert client.reply_to(id)["content"]["status"] == "error"
        client.until_idle(id)


def interrupts_come_by_message_and_by_signal(client):
    client.execute("let kept = 7;")
    for interrupt in (
        lambda: client.ask("interrupt_request", channel="control"),
        lambda: client.manager.provisioner.process.send_signal(signal.SIGINT),
    ):
        for code in ("while (true);", "await new Promise(() => undefined)"):
            id = client.kc.execute(code)
            time.sleep(0.3)
            start = time.time()
            interrupt()
            assert client.reply_to(id)["content"]["status"] == "error", code
            assert time.time() - start < 1, code
            client.until_idle(id)
    _, [result] = client.execute("kept")
    assert result["content"]["data"]["text/plain"] == "7"


def an_interrupt_of_nothing_does_nothing(client):
    assert client.ask("interrupt_request", channel="control") == {"status": "ok"}
    client.manager.provisioner.process.send_signal(signal.SIGINT)
    time.sleep(0.1)
    reply, _ = client.execute("for (let i = 0; i < 10; i++); await null; 1")
    assert reply["status"] == "ok", reply


def failures_that_nobody_awaits_are_shown(client):
    code = """Promise.reject(new Error("left behind"));
      setTimeout(() => { throw new Error("in a timer"); }, 1);
      await new Promise((resolve) => setTimeout(resolve, 100))"""
    reply, outputs = client.execute(code)
    shown = texts(outputs, "stderr")
    assert reply["status"] == "ok" and "left behind" in shown and "in a timer" in shown, outputs


def unknown_requests_are_answered_with_an_error(client):
    for channel in ("shell", "control"):
        reply = client.ask("no_such_request", channel=channel)
        assert reply["status"] == "error" and "no_such_request" in reply["evalue"], reply


def the_kernel_restarts(client):
    client.restart()
    reply, _ = client.execute("kept")
    assert reply["ename"] == "TypeScriptError", "variables of the former kernel"
    assert client.execute("1")[0]["execution_count"] == 2


def a_busy_kernel_shuts_down(client):
    client.kc.execute("while (true);")
    time.sleep(0.3)
    client.ask("shutdown_request", {"restart": True}, channel="control")
    assert client.exit_code() == 0


def a_kernel_that_cannot_be_interrupted_is_ended(client):
    client.restart(now=True)
    client.execute("1")
    loop = 'setTimeout(Function("while (true);") as () => void); console.log("soon");'
    client.kc.execute(f"{loop} await new Promise(() => undefined)")
    while client.kc.get_iopub_msg(timeout=TIMEOUT)["msg_type"] != "stream":
        pass
    time.sleep(0.1)
    client.ask("shutdown_request", {"restart": False}, channel="control")
    assert client.exit_code() == -signal.SIGKILL


def a_cell_may_end_the_process(client):
    client.restart(now=True)
    client.kc.execute("process.exit(3)")
    assert client.exit_code() == 3


def connections_can_be_encrypted(client):
    other = Client(transport_encryption="required")
    assert other.kc.curve_publickey and other.execute("1")[0]["status"] == "ok"
    plain = client.kc.context.socket(zmq.SUB)
    plain.subscribe(b"")
    plain.connect(f"tcp://{other.kc.ip}:{other.kc.iopub_port}")
    assert plain.poll(300) == 0
    plain.close(0)
    other.stop()


def the_kernel_ends_with_who_started_it(client):
    kernel = client.manager.format_kernel_cmd()[:-1]
    file, connection = write_connection_file()
    start = "import subprocess, sys; print(subprocess.Popen(sys.argv[1:]).pid, flush=True); input()"
    parent = subprocess.Popen(
        [sys.executable, "-c", start, *kernel, file], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    pid = int(parent.stdout.readline())
    while True:
        try:
            socket.create_connection(("127.0.0.1", connection["hb_port"]), timeout=1).close()
            break
        except ConnectionRefusedError:
            time.sleep(0.05)
    parent.kill()
    parent.wait()
    deadline = time.time() + 8
    while time.time() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    os.kill(pid, signal.SIGKILL)
    raise AssertionError("it outlived its parent")


def a_shutdown_is_answered_and_clean(client):
    client.restart(now=True)
    client.execute("setInterval(() => undefined, 1000);")
    id = client.send("shutdown_request", {"restart": False}, "control")
    content = {"status": "ok", "restart": False}
    assert client.reply_to(id, "control")["content"] == content
    told = client.kc.get_iopub_msg(timeout=TIMEOUT)
    while told["msg_type"] != "shutdown_reply":
        told = client.kc.get_iopub_msg(timeout=TIMEOUT)
    assert told["content"] == content
    assert client.exit_code() == 0


CHECKS = [
    kernel_info_is_answered_on_shell_and_control,
    heartbeat_and_control_answer_while_a_cell_is_busy,
    subscribers_are_welcomed,
    sockets_listen_on_the_given_address_only,
    a_request_is_framed_by_busy_and_idle,
    messages_name_their_parent_and_session,
    input_is_broadcast_with_its_count,
    results_come_with_their_count,
    rich_results_have_several_forms,
    streams_are_told_apart,
    printed_text_comes_while_the_cell_is_busy,
    much_printed_text_comes_in_few_messages,
    display_data_and_its_updates,
    output_can_be_cleared,
    errors_tell_what_and_where,
    silent_cells_leave_no_trace,
    cells_may_stay_out_of_history,
    user_expressions_are_evaluated,
    cells_after_an_error_are_aborted_and_answered,
    errors_may_be_passed_over,
    completion_knows_variables_and_members,
    inspection_has_two_levels,
    a_question_mark_opens_the_pager,
    code_is_complete_incomplete_or_invalid,
    history_is_searched,
    comms_open_answer_and_close_both_ways,
    comms_to_nowhere_are_closed,
    comms_are_handled_while_a_cell_awaits,
    cells_ask_for_input,
    prompt_blocks_until_it_is_answered,
    input_is_refused_where_nobody_can_answer,
    a_question_can_be_interrupted,
    interrupts_come_by_message_and_by_signal,
    an_interrupt_of_nothing_does_nothing,
    failures_that_nobody_awaits_are_shown,
    unknown_requests_are_answered_with_an_error,
    the_kernel_restarts,
    a_busy_kernel_shuts_down,
    a_kernel_that_cannot_be_interrupted_is_ended,
    a_shutdown_is_answered_and_clean,
    a_cell_may_end_the_process,
    connections_can_be_encrypted,
    the_kernel_ends_with_who_started_it,
]

if __name__ == "__main__":
    client = Client()
    try:
        run_checks(CHECKS, client)
    finally:
        client.stop()
