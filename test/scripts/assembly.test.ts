import { invalidParameterNames } from '../../scripts/assembly';

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
