using Orkestra.Engine.DataFlow;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.Planning;

/// <summary>Compiles JSONPath payload templates: members whose name ends in <c>.$</c> are paths or intrinsic functions.</summary>
internal static class PayloadTemplates
{
    internal static Template Compile(JsonValue value) => new LiteralTemplate(value);

    internal static Template CompileExpression(string text, string field) => throw new FormatException("not supported yet");
}
