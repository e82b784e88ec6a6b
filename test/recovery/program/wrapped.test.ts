import fc from 'fast-check';
import { print, wrapped } from '../../../bin/recover/terminal/wrapped';

test('a long reason is cut into lines that fit, all but the first one indented', () => {
  const text = 'the surviving brokers are being replaced: 1 of 2 pods runs the new revision';
  expect(wrapped(text, 40)).toBe('the surviving brokers are being\n  replaced: 1 of 2 pods runs the new\n  revision');
});

test('spaces at the beginning stay, and so do ends of lines', () => {
  expect(wrapped('  what to do: wait\n  - one', 40, '    ')).toBe('  what to do: wait\n  - one');
  // A word that is longer than a line stays where it is.
  const long = `  ${'x'.repeat(50)}`;
  expect(wrapped(long, 40)).toBe(long);
});

test.each([undefined, 39])('is left as it is where the width is %s', columns => {
  const text = 'word '.repeat(40);
  expect(wrapped(text, columns)).toBe(text);
});

test('no word is lost, and no line is too long that has a place to be cut', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,30}$/), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(words, fc.integer({ min: 40, max: 120 }), (list, columns) => {
      const lines = wrapped(list.join(' '), columns).split('\n');
      expect(lines.join(' ').split(/\s+/)).toEqual(list);
      expect(lines.filter(line => line.length > columns)).toEqual([]);
    }),
  );
});

test('is as wide as the terminal to which it is written', () => {
  const written: string[] = [];
  const stream = { columns: 40, write: (text: string) => written.push(text) > 0 } as unknown as NodeJS.WriteStream;
  print(stream, 'one two three four five six seven eight nine ten');
  expect(written).toEqual(['one two three four five six seven eight\n  nine ten\n']);
});
