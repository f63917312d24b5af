// Written by typia 12.2.1; see ../generate.ts.

export const number_is = (() => { return (input     , _exceptionable          = true)                           => "number" === typeof input; })();
export const string_is = (() => { return (input     , _exceptionable          = true)                           => "string" === typeof input; })();
export const boolean_is = (() => { return (input     , _exceptionable          = true)                            => "boolean" === typeof input; })();
export const bigint_is = (() => { return (input     , _exceptionable          = true)                           => "bigint" === typeof input; })();
export const nil_is = (() => { return (input     , _exceptionable          = true)                        => undefined !== input && null === input; })();
export const literals_is = (() => { return (input     , _exceptionable          = true)                             => null === input || true === input || "a" === input || "b" === input || 3 === input; })();
export const template_is = (() => { return (input     , _exceptionable          = true)                             => "string" === typeof input && RegExp(/^user\x2d[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/).test(input); })();
export const slug_is = (() => { return (input     , _exceptionable          = true)                         => "string" === typeof input && (RegExp(/^x\/(.*)/).test(input) || RegExp(/^y\/(.*)/).test(input)); })();
export const numbers_is = (() => { return (input     , _exceptionable          = true)                            => Array.isArray(input) && input.every((elem     , _index1        ) => "number" === typeof elem); })();
export const nested_is = (() => { return (input     , _exceptionable          = true)                           => Array.isArray(input) && input.every((elem     , _index1        ) => Array.isArray(elem) && elem.every((elem     , _index2        ) => "string" === typeof elem)); })();
export const pair_is = (() => { return (input     , _exceptionable          = true)                         => Array.isArray(input) && (input.length === 2 && "string" === typeof input[0] && "number" === typeof input[1]); })();
export const optionalTuple_is = (() => { return (input     , _exceptionable          = true)                                  => Array.isArray(input) && (1 <= input.length && 2 >= input.length && "string" === typeof input[0] && (undefined === input[1] || "number" === typeof input[1])); })();
export const restTuple_is = (() => { return (input     , _exceptionable          = true)                              => Array.isArray(input) && ("string" === typeof input[0] && (Array.isArray(input.slice(1)) && input.slice(1).every((elem     , _index1        ) => "boolean" === typeof elem))); })();
export const user_is = (() => { const _io0 = (input     , _exceptionable          = true)          => "string" === typeof input.id && "number" === typeof input.age && (undefined === input.nick || "string" === typeof input.nick) && (null === input.email || "string" === typeof input.email) && (3 === Object.keys(input).length || Object.keys(input).every((key     ) => {
    if (["id", "age", "nick", "email"].some((prop     ) => key === prop))
        return true;
    const value = input[key];
    if (undefined === value)
        return true;
    return false;
})); return (input     , _exceptionable          = true)                         => "object" === typeof input && null !== input && _io0(input, true); })();
export const tree_is = (() => { const _io0 = (input     , _exceptionable          = true)          => "number" === typeof input.value && (Array.isArray(input.children) && input.children.every((elem     , _index1        ) => "object" === typeof elem && null !== elem && _io0(elem, true && _exceptionable))) && (2 === Object.keys(input).length || Object.keys(input).every((key     ) => {
    if (["value", "children"].some((prop     ) => key === prop))
        return true;
    const value = input[key];
    if (undefined === value)
        return true;
    return false;
})); return (input     , _exceptionable          = true)                         => "object" === typeof input && null !== input && _io0(input, true); })();
export const shape_is = (() => { const _io0 = (input     , _exceptionable          = true)          => "circle" === input.kind && "number" === typeof input.r && (2 === Object.keys(input).length || Object.keys(input).every((key     ) => {
    if (["kind", "r"].some((prop     ) => key === prop))
        return true;
    const value = input[key];
    if (undefined === value)
        return true;
    return false;
})); const _io1 = (input     , _exceptionable          = true)          => "box" === input.kind && "number" === typeof input.w && "number" === typeof input.h && (undefined === input.label || "string" === typeof input.label) && (3 === Object.keys(input).length || Object.keys(input).every((key     ) => {
    if (["kind", "w", "h", "label"].some((prop     ) => key === prop))
        return true;
    const value = input[key];
    if (undefined === value)
        return true;
    return false;
})); const _io2 = (input     , _exceptionable          = true)          => "path" === input.kind && (Array.isArray(input.points) && input.points.every((elem     , _index1        ) => Array.isArray(elem) && (elem.length === 2 && "number" === typeof elem[0] && "number" === typeof elem[1]))) && (2 === Object.keys(input).length || Object.keys(input).every((key     ) => {
    if (["kind", "points"].some((prop     ) => key === prop))
        return true;
    const value = input[key];
    if (undefined === value)
        return true;
    return false;
})); const _iu0 = (input     , _exceptionable          = true)      => (() => {
    if ("circle" === input.kind)
        return _io0(input, true && _exceptionable);
    else if ("box" === input.kind)
        return _io1(input, true && _exceptionable);
    else if ("path" === input.kind)
        return _io2(input, true && _exceptionable);
    else
        return false;
})(); return (input     , _exceptionable          = true)                          => "object" === typeof input && null !== input && _iu0(input, true); })();
export const page_is = (() => { const _io0 = (input     , _exceptionable          = true)          => Array.isArray(input.items) && input.items.every((elem     , _index1        ) => "object" === typeof elem && null !== elem && _io1(elem, true && _exceptionable)) && (null === input.next || "string" === typeof input.next) && "bigint" === typeof input.total && (3 === Object.keys(input).length || Object.keys(input).every((key     ) => {
    if (["items", "next", "total"].some((prop     ) => key === prop))
        return true;
    const value = input[key];
    if (undefined === value)
        return true;
    return false;
})); const _io1 = (input     , _exceptionable          = true)          => "string" === typeof input.id && "number" === typeof input.age && (undefined === input.nick || "string" === typeof input.nick) && (null === input.email || "string" === typeof input.email) && (3 === Object.keys(input).length || Object.keys(input).every((key     ) => {
    if (["id", "age", "nick", "email"].some((prop     ) => key === prop))
        return true;
    const value = input[key];
    if (undefined === value)
        return true;
    return false;
})); return (input     , _exceptionable          = true)                         => "object" === typeof input && null !== input && _io0(input, true); })();
export const record_is = (() => { const _io0 = (input     , _exceptionable          = true)          => Object.keys(input).every((key     ) => {
    const value = input[key];
    if (undefined === value)
        return true;
    return "number" === typeof value;
}); return (input     , _exceptionable          = true)                           => "object" === typeof input && null !== input && false === Array.isArray(input) && _io0(input, true); })();
export const mixed_is = (() => { const _io0 = (input     , _exceptionable          = true)          => "string" === typeof input.a && ("object" === typeof input.b && null !== input.b && _io1(input.b, true && _exceptionable)) && (2 === Object.keys(input).length || Object.keys(input).every((key     ) => {
    if (["a", "b"].some((prop     ) => key === prop))
        return true;
    const value = input[key];
    if (undefined === value)
        return true;
    return false;
})); const _io1 = (input     , _exceptionable          = true)          => Array.isArray(input.c) && input.c.every((elem     , _index1        ) => "number" === typeof elem) && (undefined === input.d || "boolean" === typeof input.d) && (1 === Object.keys(input).length || Object.keys(input).every((key     ) => {
    if (["c", "d"].some((prop     ) => key === prop))
        return true;
    const value = input[key];
    if (undefined === value)
        return true;
    return false;
})); return (input     , _exceptionable          = true)                          => "object" === typeof input && null !== input && _io0(input, true); })();
export const both_is = (() => { const _io0 = (input     , _exceptionable          = true)          => "string" === typeof input.a && "number" === typeof input.b && (2 === Object.keys(input).length || Object.keys(input).every((key     ) => {
    if (["a", "b"].some((prop     ) => key === prop))
        return true;
    const value = input[key];
    if (undefined === value)
        return true;
    return false;
})); return (input     , _exceptionable          = true)                         => "object" === typeof input && null !== input && _io0(input, true); })();
export const map_is = (() => { const _io0 = (input     , _exceptionable          = true)          => "string" === typeof input.id && "number" === typeof input.age && (undefined === input.nick || "string" === typeof input.nick) && (null === input.email || "string" === typeof input.email) && (3 === Object.keys(input).length || Object.keys(input).every((key     ) => {
    if (["id", "age", "nick", "email"].some((prop     ) => key === prop))
        return true;
    const value = input[key];
    if (undefined === value)
        return true;
    return false;
})); return (input     , _exceptionable          = true)                        => input instanceof Map && (() => [...input].every((elem     , _index1        ) => Array.isArray(elem) && (elem.length === 2 && "string" === typeof elem[0] && ("object" === typeof elem[1] && null !== elem[1] && _io0(elem[1], true)))))(); })();
export const set_is = (() => { return (input     , _exceptionable          = true)                        => input instanceof Set && (() => [...input].every((elem     , _index1        ) => "number" === typeof elem))(); })();
export const date_is = (() => { return (input     , _exceptionable          = true)                         => input instanceof Date; })();
export const bytes_is = (() => { return (input     , _exceptionable          = true)                          => input instanceof Uint8Array; })();
export const either_is = (() => { return (input     , _exceptionable          = true)                           => null !== input && undefined !== input && ("string" === typeof input || input instanceof Date || Array.isArray(input) && input.every((elem     , _index1        ) => "number" === typeof elem)); })();
export const maybe_is = (() => { const _io0 = (input     , _exceptionable          = true)          => (undefined === input.value || "string" === typeof input.value) && (undefined === input.other || "number" === typeof input.other) && (0 === Object.keys(input).length || Object.keys(input).every((key     ) => {
    if (["value", "other"].some((prop     ) => key === prop))
        return true;
    const value = input[key];
    if (undefined === value)
        return true;
    return false;
})); return (input     , _exceptionable          = true)                          => "object" === typeof input && null !== input && false === Array.isArray(input) && _io0(input, true); })();
