import ts from 'typescript';

/**
 * Takes away calls of esbuild's `__name` that say nothing new: the function has that name already, from its declaration or from the variable
 * it is assigned to. A function inside another is named each time the outer one runs, which costs more than much of what runs. Names that
 * esbuild has changed, and those of classes, are kept.
 * @param code a bundle made with `keepNames`
 * @returns the same with blanks in place of what is gone, so that its source map still fits
 */
export function withNativeNames(code) {
  const pieces = [];
  let end = 0;
  const blank = (from, to) => {
    pieces.push(code.slice(end, from), code.slice(from, to).replace(/[^\n]/g, ' '));
    end = to;
  };
  const visit = (node) => {
    const named = findNamed(node);
    if (named === null) return void ts.forEachChild(node, visit);
    const { target, call } = named;
    if (ts.isIdentifier(target)) return blank(call.getStart(), node.end); // `__name(f, "f");`
    blank(call.getFullStart(), target.getStart()); // the mark `@__PURE__` goes as well
    ts.forEachChild(target, visit);
    blank(target.end, call.end);
  };
  visit(ts.createSourceFile('bundle.mjs', code, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS));
  return pieces.join('') + code.slice(end);
}

/** @returns null for anything but a call of `__name` that can go: `{ target, call }` */
function findNamed(node) {
  const call = ts.isExpressionStatement(node) ? node.expression : node;
  if (!ts.isCallExpression(call) || !ts.isIdentifier(call.expression) || call.expression.text !== '__name') return null;
  const [target, name] = call.arguments;
  if (!ts.isStringLiteral(name)) return null;
  if (ts.isExpressionStatement(node)) return ts.isIdentifier(target) && target.text === name.text ? { target, call } : null;
  if (!ts.isArrowFunction(target) && !ts.isFunctionExpression(target)) return null;
  return (target.name?.text ?? nameOfPlace(call)) === name.text ? { target, call } : null;
}

/** The name that a function gets where it stands (ECMAScript, NamedEvaluation). */
function nameOfPlace(call) {
  const { parent } = call;
  if (ts.isVariableDeclaration(parent) && parent.initializer === call && ts.isIdentifier(parent.name)) return parent.name.text;
  if (ts.isPropertyAssignment(parent) && ts.isIdentifier(parent.name)) return parent.name.text;
  const isAssignment = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && parent.right === call;
  return isAssignment && ts.isIdentifier(parent.left) ? parent.left.text : null;
}
