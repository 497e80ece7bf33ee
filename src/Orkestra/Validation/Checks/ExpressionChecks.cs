using Orkestra.Asl.Reading;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Intrinsics;
using Orkestra.Expressions.Paths;

namespace Orkestra.Validation.Checks;

/// <summary>What paths, payload templates and JSONata expressions are held to.</summary>
internal static class ExpressionChecks
{
    const string TemplateProblem = "must be a valid JSONPath or a valid intrinsic function call";

    /// <summary>A path that may find several nodes.</summary>
    internal static void Path(FieldContext field)
    {
        if (Text(field) is not { } text) return;
        if (!ExpressionSyntax.IsPath(text)) field.Schema("Value must be a valid JSONPath.");
    }

    /// <summary>A path that may find several nodes, or null.</summary>
    internal static void PathOrNull(FieldContext field)
    {
        if (field.Value.Kind != JsonKind.Null) Path(field);
    }

    /// <summary>A path that finds exactly one node.</summary>
    internal static void Reference(FieldContext field)
    {
        if (Text(field) is not { } text) return;
        if (ExpressionSyntax.ReferenceProblem(text) is { } problem) field.Schema(problem);
    }

    /// <summary>A path that finds exactly one node of the input or a variable.</summary>
    internal static void DataReference(FieldContext field)
    {
        if (Text(field) is not { } text) return;
        if (text.StartsWith("$$", StringComparison.Ordinal))
            field.Schema("Value is not a Reference Path");
        else if (ExpressionSyntax.ReferenceProblem(text) is { } problem)
            field.Schema(problem);
    }

    /// <summary>Where a result goes: a path that finds exactly one node of the input, or null.</summary>
    internal static void ResultPath(FieldContext field)
    {
        if (field.Value.Kind == JsonKind.Null || Text(field) is not { } text) return;
        if (ExpressionSyntax.ReferenceProblem(text) is { } problem)
            field.Schema(problem);
        else if (text.Length > 1 && text[1] is not ('.' or '['))
            field.Schema("Value is not a Reference Path");
    }

    /// <summary>A path that finds exactly one node, or an intrinsic function that gives a string.</summary>
    internal static void ReferenceOrIntrinsic(FieldContext field)
    {
        if (Text(field) is not { } text) return;
        if (text.StartsWith("States.", StringComparison.Ordinal))
        {
            if (!ExpressionSyntax.IsStringIntrinsic(text)) field.Schema($"The value for the field '{field.Name}' {TemplateProblem}");
        }
        else if (ExpressionSyntax.ReferenceProblem(text) is { } problem)
        {
            field.Schema(problem);
        }
    }

    /// <summary>A JSONPath payload template, or a JSONata value where that is spoken.</summary>
    internal static void Payload(FieldContext field)
    {
        if (field.Jsonata)
            Jsonata(field);
        else
            Template(field, field.Value);
    }

    /// <summary>An object that is a payload template, or a JSONata value where that is spoken.</summary>
    internal static void PayloadObject(FieldContext field)
    {
        if (field.Value.Kind == JsonKind.Object || (field.Jsonata && field.Value.Kind == JsonKind.String))
            Payload(field);
        else
            field.Expected("OBJECT");
    }

    /// <summary>A JSONata value: every string in it that is an expression is checked.</summary>
    internal static void Jsonata(FieldContext field) => Jsonata(field, field.Value, field.Location);

    /// <summary>A string that must be a JSONata expression.</summary>
    internal static void JsonataRequired(FieldContext field)
    {
        var text = field.Value.Text ?? "";
        if (FieldValues.IsPlaceholder(text)) return;
        if (text.StartsWith("{%", StringComparison.Ordinal) && text.EndsWith("%}", StringComparison.Ordinal) && text.Length >= 4)
            Jsonata(field);
        else
            field.Schema("JSONata string must start with {% and end with %}");
    }

    /// <summary>Text, in which JSONata expressions are checked where that is spoken.</summary>
    internal static void TextOrExpression(FieldContext field)
    {
        if (field.Value.Kind != JsonKind.String)
            field.Expected("STRING");
        else if (field.Jsonata)
            Jsonata(field);
        else if (LooksDynamic(field.Value.Text!))
            field.Checker.Warning(Codes.NoPath, $"The value of '{field.Name}' looks like a path, but the field's name does not end with 'Path'.", field.Location, field.Value);
    }

    static void Jsonata(FieldContext field, SourceNode value, string location)
    {
        switch (value.Kind)
        {
            case JsonKind.Object:
                foreach (var member in value.Members) Jsonata(field, member.Value, $"{location}/{member.Name}");
                break;
            case JsonKind.Array:
                for (var i = 0; i < value.Items.Count; i++) Jsonata(field, value.Items[i], $"{location}[{i}]");
                break;
            case JsonKind.String:
                JsonataText(field, value, location);
                break;
        }
    }

    static void JsonataText(FieldContext field, SourceNode value, string location)
    {
        var text = value.Text!;
        var opened = text.StartsWith("{%", StringComparison.Ordinal);
        var closed = text.EndsWith("%}", StringComparison.Ordinal);
        if (!opened && !closed) return;
        if (!opened || !closed || text.Length < 4)
        {
            field.Checker.Schema("JSONata string must start with {% and end with %}", location, value);
            return;
        }

        foreach (var (code, message) in JsonataSyntax.Problems(text[2..^2].Trim(), StatesOf(field))) field.Checker.Error(code, message, location, value);
    }

    // The result is there when a state ends with one, the error output when it is caught.
    static string[] StatesOf(FieldContext field) => field.Name is not ("Output" or "Assign") ? []
        : field.Scope.ErrorOutput ? ["errorOutput"]
        : field.Scope.Result ? ["result"] : [];

    static void Template(FieldContext field, SourceNode value)
    {
        foreach (var item in value.Items) Template(field, item);
        foreach (var member in value.Members)
        {
            if (!member.Name.EndsWith(".$", StringComparison.Ordinal))
            {
                Template(field, member.Value);
                if (member.Value.Text is { } plain && LooksDynamic(plain))
                    field.Checker.Warning(
                        Codes.NoDollar, $"The field '{member.Name}' looks like a JSONPath or an intrinsic function, but its name does not end with '.$'.",
                        field.Location, member.Value);
                continue;
            }

            if (member.Value.Text is not { } text)
                field.Checker.Schema($"The value for the field '{member.Name}' must be a STRING that contains a JSONPath but was {KindOf(member.Value)}", field.Location, member.Value);
            else if (!FieldValues.IsPlaceholder(text) && !ExpressionSyntax.IsTemplate(text))
                field.Checker.Schema($"The value for the field '{member.Name}' {TemplateProblem}", field.Location, member.Value);
            if (value.Find(member.Name[..^2]) is not null)
                field.Checker.Schema($"The fields '{member.Name[..^2]}' and '{member.Name}' give the same name", field.Location, member.Value);
        }
    }

    static string KindOf(SourceNode value) => value.Kind switch
    {
        JsonKind.Array => "an ARRAY",
        JsonKind.Object => "an OBJECT",
        var kind => $"a {kind.ToString().ToUpperInvariant()}",
    };

    static bool LooksDynamic(string text) =>
        text.StartsWith("$.", StringComparison.Ordinal) || text.StartsWith("$$.", StringComparison.Ordinal)
        || (text.StartsWith("States.", StringComparison.Ordinal) && text.EndsWith(')'));

    static string? Text(FieldContext field)
    {
        if (field.Value.Text is not { } text)
        {
            field.Expected("STRING");
            return null;
        }

        return FieldValues.IsPlaceholder(text) ? null : text;
    }
}

/// <summary>Whether the texts of paths and intrinsic functions are well formed, as their parsers say.</summary>
internal static class ExpressionSyntax
{
    static readonly string[] StringFunctions =
        ["States.ArrayGetItem", "States.Base64Encode", "States.Base64Decode", "States.Format", "States.JsonToString", "States.Hash", "States.UUID"];

    internal static bool IsPath(string text) => JsonPath.TryCompile(text, JsonPathDialect.StepFunctions, out _, out _);

    /// <summary>What the service says of a text that is no Reference Path; null when it is one.</summary>
    internal static string? ReferenceProblem(string text)
    {
        if (ReferencePath.TryCompile(text, out _)) return null;
        return text.StartsWith('$') ? "Value is not a Reference Path" : "Value is not a Reference Path: Reference path didn't start with '$'";
    }

    /// <summary>Whether a text can be the value of a field whose name ends with <c>.$</c>.</summary>
    internal static bool IsTemplate(string text) => text.StartsWith('$') ? IsPath(text) : IntrinsicExpression.TryCompile(text, out _, out _);

    /// <summary>Whether a text calls an intrinsic function that gives a string.</summary>
    internal static bool IsStringIntrinsic(string text) =>
        IntrinsicExpression.TryCompile(text, out var call, out _) && Array.IndexOf(StringFunctions, call.FunctionName) >= 0;
}
