using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Functions;

/// <summary>The work of a built-in function. The arguments match its signature, one for each parameter unless it takes many.</summary>
internal delegate JsonValue? NativeBody(Run run, ReadOnlySpan<JsonValue?> arguments);
