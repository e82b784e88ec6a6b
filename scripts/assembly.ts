/** The part of a jsii assembly that is read here. */
export interface Assembly {
  readonly types: Readonly<Record<string, AssemblyType>>;
}

interface AssemblyType {
  readonly name: string;
  readonly datatype?: boolean;
  readonly interfaces?: readonly string[];
  readonly properties?: readonly unknown[];
  readonly initializer?: Callable;
  readonly methods?: readonly (Callable & { readonly name: string })[];
}

interface Callable {
  readonly parameters?: readonly { readonly name: string }[];
}

/**
 * Parameters whose names jsii had to make up, because the source destructures them. jsii says nothing of it, and the Java that
 * comes of it does not compile.
 */
export function invalidParameterNames({ types }: Assembly): string[] {
  return Object.values(types).flatMap(({ name, initializer, methods = [] }) =>
    [{ name: 'constructor', ...initializer }, ...methods].flatMap(callable =>
      (callable.parameters ?? [])
        .filter(parameter => !/^[a-z][A-Za-z0-9]*$/.test(parameter.name))
        .map(parameter => `${name}.${callable.name}, parameter ${parameter.name}`),
    ),
  );
}

/** Types of settings that have none of their own, with the only type that they extend. */
export function aliasesIn({ types }: Assembly): Map<string, string> {
  return new Map(
    Object.entries(types).flatMap(([id, { datatype, interfaces = [], properties = [] }]): [string, string][] =>
      datatype && properties.length === 0 && interfaces.length === 1 ? [[id, interfaces[0]]] : [],
    ),
  );
}
