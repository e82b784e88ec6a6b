import { aliasesIn, invalidParameterNames } from '../../scripts/assembly';

const assembly = (name: string) => ({
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

test('settings that only give others a name are found', () => {
  const settings = { name: 'Settings', datatype: true, properties: [{}] };
  const props = { name: 'Props', datatype: true, interfaces: ['ours.Settings'] };
  const types = {
    'ours.Settings': settings,
    'ours.Props': props,
    'ours.More': { ...props, properties: [{}] },
    'ours.IThing': { ...props, datatype: false },
  };
  expect([...aliasesIn({ types })]).toEqual([['ours.Props', 'ours.Settings']]);
});
