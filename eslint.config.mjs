import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import jest from 'eslint-plugin-jest';
import jsdoc from 'eslint-plugin-jsdoc';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'node_modules',
      'dist',
      'cdk.out',
      '.bed',
      'out',
      'coverage',
      'reports',
      'examples/**/cdk.out',
      'test/consumers/apps',
      'constructs/certificates/authority/bundle',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommendedTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', prefer: 'type-imports' }],
      '@typescript-eslint/explicit-function-return-type': ['error', { allowExpressions: true }],
      '@typescript-eslint/explicit-member-accessibility': 'error',
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'off',
      'import-x/order': [
        'error',
        { alphabetize: { order: 'asc', caseInsensitive: true }, groups: ['builtin', 'external', 'parent', 'sibling'] },
      ],
      'import-x/no-duplicates': ['error', { 'prefer-inline': true }],
      'max-lines': ['error', { max: 400 }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['constructs/**/*.ts', 'lib/**/*.ts'],
    plugins: { jsdoc },
    rules: {
      'jsdoc/require-jsdoc': [
        'error',
        {
          publicOnly: true,
          require: { ClassDeclaration: true, FunctionDeclaration: true },
          contexts: ['TSInterfaceDeclaration', 'TSEnumDeclaration'],
        },
      ],
      'no-restricted-globals': ['error', { name: 'process', message: 'only programs in bin read the environment' }],
    },
  },
  {
    // The schema of an add-on, and of custom resources, is open: jsii knows no narrower type than any.
    files: ['constructs/cluster/eks-addon.ts'],
    rules: { '@typescript-eslint/no-explicit-any': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    extends: [jest.configs['flat/recommended']],
    rules: {
      'jest/valid-expect': 'error',
      'jest/expect-expect': [
        'error',
        {
          assertFunctionNames: ['expect*', 'assert*', 'fc.assert', '**.hasResource*', '**.hasOutput', '**.allResources*', '**.resource*Is'],
        },
      ],
      'jest/no-standalone-expect': 'error',
      'jest/prefer-strict-equal': 'off',
      '@typescript-eslint/explicit-function-return-type': 'off',
      // Templates are read as plain JSON.
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: { globals: { module: 'writable', require: 'readonly', process: 'readonly', console: 'readonly' } },
  },
);
