import fc from 'fast-check';
import { FONTS, textWidth, wrapped } from '../../bin/review/picture/text-width';

const text = fc
  .stringMatching(/^[ a-z0-9./-]{1,80}$/)
  .map(one => one.trim())
  .filter(one => one !== '');
const width = fc.integer({ min: 20, max: 400 });

test('bold letters are wider than regular ones, and unknown characters are as wide as can be', () => {
  for (const character of 'aMi0-./ ') {
    expect(textWidth(character, { ...FONTS.small, bold: true })).toBeGreaterThan(textWidth(character, FONTS.small));
  }
  expect(textWidth('国', FONTS.small)).toBeGreaterThan(textWidth('W', FONTS.small));
});

test('lines fit, and together they are the whole text', () => {
  fc.assert(
    fc.property(text, width, (one, room) => {
      const lines = wrapped(one, room, FONTS.strong);
      for (const line of lines) expect(textWidth(line, FONTS.strong)).toBeLessThanOrEqual(room);
      expect(lines.join('').replace(/ /g, '')).toBe(one.replace(/ /g, ''));
    }),
    { seed: 1 },
  );
});

test.each([
  ['commands from gateways to brokers', 140, ['commands from', 'gateways to brokers']],
  ['camunda-london-production', 110, ['camunda-', 'london-', 'production']],
  ['wwwwwwwwwwww', 60, ['wwwww', 'wwwww', 'ww']],
])('%s is cut between words, else after punctuation, else anywhere', (one, room, lines) => {
  expect(wrapped(one, room, FONTS.strong)).toEqual(lines);
});

test('a line holds at least one character, however narrow the room is', () => {
  expect(wrapped('ab', 1, FONTS.small)).toEqual(['a', 'b']);
});
