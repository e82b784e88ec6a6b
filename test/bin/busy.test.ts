import { busy } from '../../bin/busy';

function streamOf(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, columns: 20, written, write: (text: string | Uint8Array) => written.push(String(text)) > 0 };
}

test('a terminal shows one line, which the next replaces, and none at the end', () => {
  const terminal = streamOf(true);
  busy('rendering', terminal);
  busy('judging what has been rendered', terminal);
  busy('', terminal);
  expect(terminal.written).toEqual(['\r\u001b[2K… rendering\r', '\r\u001b[2K… judging what has \r', '\r\u001b[2K\r']);
});

test('nobody else is told', () => {
  const pipe = streamOf(false);
  busy('rendering', pipe);
  busy('', pipe);
  expect(pipe.written).toEqual([]);
});
