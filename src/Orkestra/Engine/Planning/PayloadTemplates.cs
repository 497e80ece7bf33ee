using Orkestra.Engine.DataFlow;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Templates;

namespace Orkestra.Engine.Planning;

/// <summary>Compiles JSONPath payload templates: members whose name ends in <c>.$</c> are paths or intrinsic functions.</summary>
internal static class PayloadTemplates
{
    internal static Template Compile(JsonValue value)
    {
        var template = PayloadTemplate.Compile(value);
        return template.IsLiteral ? new LiteralTemplate(value) : new PayloadField(template);
    }

    /// <summary>A field that is a path or an intrinsic function as a whole, such as <c>ErrorPath</c>.</summary>
    internal static PayloadField CompileExpression(string text, string field) => new(PayloadTemplate.CompileExpression(text, field));
}
