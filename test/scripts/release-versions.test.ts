import { mayBreak, placeholders, releaseProblems } from '../../scripts/release-versions';

test.each([
  ['0.1.0', '0.2.0', true],
  ['0.1.0', '0.1.1', false],
  ['0.2.0', '0.1.9', false],
  ['0.9.0', '1.0.0', true],
  ['1.2.0', '1.3.0', false],
  ['1.2.0', '2.0.0', true],
])('after %s, %s may break the API: %p', (older, newer, expected) => {
  expect(mayBreak(older, newer)).toBe(expected);
});

const CHANGELOG = '# Changelog\n\n## Unreleased\n\n## 0.2.0\n\n- It.\n\n## 0.1.0\n';

test('a tag that package.json and CHANGELOG.md agree with can be released', () => {
  expect(releaseProblems('v0.2.0', '0.2.0', CHANGELOG)).toEqual([]);
});

test.each([
  ['another version than package.json', 'v0.3.0', '0.2.0', CHANGELOG, ['the tag must be v0.2.0']],
  ['another form', 'release-0.2.0', '0.2.0', CHANGELOG, ['the tag must look like', 'the tag must be v0.2.0']],
  ['no section', 'v0.3.0', '0.3.0', CHANGELOG, ["must have a section '## 0.3.0', has: Unreleased, 0.2.0, 0.1.0"]],
  ['an old section', 'v0.1.0', '0.1.0', '## 0.2.0\n## 0.1.0\n', ["must be the newest section of CHANGELOG.md, got '0.2.0'"]],
])('a tag with %s cannot', (_, tag, version, changelog, expected) => {
  const problems = releaseProblems(tag, version, changelog);
  expect(problems).toHaveLength(expected.length);
  expected.forEach((part, index) => expect(problems[index]).toContain(part));
});

test('a package cannot be released under the names of an example', () => {
  expect(placeholders('{ "repository": { "url": "https://example.com/it.git" }, "package": "com.example.camunda" }')).toHaveLength(2);
  expect(placeholders('{ "repository": { "url": "https://github.com/somebody/it.git" } }')).toEqual([]);
});
