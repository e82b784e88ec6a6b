import { heirsIn, invalidParameterNames } from '../../scripts/assembly';

const assembly = (name: string) => ({
  name: 'ours',
  types: {
    'ours.Role': { name: 'Role', initializer: { parameters: [{ name: 'scope' }, { name }] } },
    'ours.Topology': { name: 'Topology', methods: [{ name: 'of', parameters: [{ name }] }] },
  },
});

test('names that every language knows are let be', () => {
  expect(invalidParameterNames(assembly('props'))).toEqual([]);
});

test('names that jsii had to make up are found, in constructors and methods', () => {
  expect(invalidParameterNames(assembly('__2'))).toEqual(['Role.constructor, parameter __2', 'Topology.of, parameter __2']);
});

test('settings that extend others are found, with what is their own', () => {
  const settings = { name: 'Settings', datatype: true, properties: [{ name: 'size' }] };
  const props = { name: 'Props', datatype: true, interfaces: ['ours.Settings'], properties: [{ name: 'today' }] };
  const types = {
    'ours.Settings': settings,
    'ours.Props': props,
    'ours.Far': { ...props, interfaces: ['theirs.Settings'] },
    'ours.IThing': { ...props, datatype: false },
  };
  expect([...heirsIn({ name: 'ours', types })]).toEqual([['ours.Props', { base: 'ours.Settings', own: ['today'] }]]);
});
