/** Finds what a name is asked of: of `db.qurey` the `db`. */
import { ts } from "../frontend/service.ts";

export interface Owner {
  readonly node: ts.Node;
  readonly name: string;
}

/** Of `db.qurey` the `db` and the name; of `const { qurey } = db` too. */
export function ownerOf(node: ts.Node): Owner | null {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
    return { node: parent.expression, name: node.getText() };
  }
  if (ts.isElementAccessExpression(parent) && ts.isStringLiteral(parent.argumentExpression)) {
    return { node: parent.expression, name: parent.argumentExpression.text };
  }
  if (ts.isBindingElement(parent) && ts.isVariableDeclaration(parent.parent.parent)) {
    const { initializer } = parent.parent.parent;
    return initializer ? { node: initializer, name: (parent.propertyName ?? parent.name).getText() } : null;
  }
  return null;
}
