/** What nunjucks' parser makes of a text, as far as it is understood here. */

export interface Literal {
  typename: 'Literal' | 'TemplateData';
  value: string | number | boolean | null | RegExp;
}
export interface Name {
  typename: 'Symbol';
  value: string;
}
export interface NodeList {
  typename: 'NodeList' | 'Root' | 'Output';
  children: Node[];
}
export interface Listing {
  typename: 'Group' | 'Array';
  children: Node[];
}
export interface Pair {
  typename: 'Pair';
  key: Node;
  value: Node;
}
export interface Dict {
  typename: 'Dict' | 'KeywordArgs';
  children: Pair[];
}
export interface Lookup {
  typename: 'LookupVal';
  target: Node;
  val: Node;
}
export interface Slice {
  typename: 'Slice';
  start: Node;
  stop: Node;
  step: Node;
}
export interface Call {
  typename: 'FunCall' | 'Filter';
  name: Node;
  args: NodeList;
}
export interface Conditional {
  typename: 'If' | 'InlineIf';
  cond: Node;
  body: Node;
  else_: Node | null;
}
export interface Loop {
  typename: 'For';
  arr: Node;
  name: Name | Listing;
  body: Node;
  else_: Node | null;
}
export interface Assignment {
  typename: 'Set';
  targets: Node[];
  value: Node | null;
  body: Node | null;
}
export interface Switch {
  typename: 'Switch';
  expr: Node;
  cases: { cond: Node; body: NodeList }[];
  default: Node | null;
}
export interface Macro {
  typename: 'Macro' | 'Caller';
  name: Name;
  args: NodeList;
  body: Node;
}
export interface Body {
  typename: 'Block' | 'Capture';
  body: Node;
}
export interface Unary {
  typename: 'Not' | 'Neg' | 'Pos';
  target: Node;
}
export interface Binary {
  typename:
    | 'Or'
    | 'And'
    | 'Add'
    | 'Concat'
    | 'Sub'
    | 'Mul'
    | 'Div'
    | 'FloorDiv'
    | 'Mod'
    | 'Pow'
    | 'In'
    | 'Is';
  left: Node;
  right: Node;
}
export interface Compare {
  typename: 'Compare';
  expr: Node;
  ops: { type: string; expr: Node }[];
}

/** Includes, imports, extensions and whatever else there may be are refused by having no place here. */
export type Node =
  | Literal
  | Name
  | NodeList
  | Listing
  | Pair
  | Dict
  | Lookup
  | Slice
  | Call
  | Conditional
  | Loop
  | Assignment
  | Switch
  | Macro
  | Body
  | Unary
  | Binary
  | Compare;
