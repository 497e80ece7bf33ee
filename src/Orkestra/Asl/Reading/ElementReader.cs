using System.Diagnostics.CodeAnalysis;
using Orkestra.Expressions.Data;

namespace Orkestra.Asl.Reading;

/// <summary>
/// Takes the fields of one object. A field of the wrong type is reported and stays; what stays at the end goes to
/// <see cref="AslElement.Extensions"/>, and a field that no reader takes is reported as unknown.
/// </summary>
internal sealed class ElementReader(AslSource source, SourceNode node, string location)
{
    readonly HashSet<string> taken = new(StringComparer.Ordinal);
    readonly HashSet<string> refused = new(StringComparer.Ordinal);

    internal AslSource Source => source;

    internal SourceNode Node => node;

    internal string Location => location;

    internal string? Text(string name)
    {
        if (!Find(name, out var field)) return null;
        if (field.Text is { } text) return Take(name, text);
        Refuse(name, field, "a string");
        return null;
    }

    internal bool? Boolean(string name)
    {
        if (!Find(name, out var field)) return null;
        if (field.Value is JsonBoolean value) return Take(name, value.Value);
        Refuse(name, field, "a boolean");
        return null;
    }

    internal int? Integer(string name)
    {
        if (!Find(name, out var field)) return null;
        if (field.Value is JsonNumber number && number.TryGetInt64(out var value) && value is >= int.MinValue and <= int.MaxValue) return Take(name, (int)value);
        Refuse(name, field, "an integer");
        return null;
    }

    internal double? Number(string name)
    {
        if (!Find(name, out var field)) return null;
        if (field.Value is JsonNumber number && JsonNumber.Create(number.Value).Equals(number)) return Take(name, number.Value);
        Refuse(name, field, "a number");
        return null;
    }

    /// <summary>Any value, an explicit null included.</summary>
    internal JsonValue? Any(string name) => Find(name, out var field) ? Take(name, field.Value) : null;

    /// <summary>A number, or text that a query language makes a number of.</summary>
    internal JsonValue? NumberOrExpression(string name)
    {
        if (!Find(name, out var field)) return null;
        if (field.Kind is JsonKind.Number or JsonKind.String) return Take(name, field.Value);
        Refuse(name, field, "a number");
        return null;
    }

    internal JsonObject? Object(string name)
    {
        if (!Find(name, out var field)) return null;
        if (field.Kind == JsonKind.Object) return Take(name, (JsonObject)field.Value);
        Refuse(name, field, "an object");
        return null;
    }

    internal PathField Path(string name)
    {
        if (!Find(name, out var field)) return PathField.Absent;
        if (field.Kind == JsonKind.Null) return Take(name, PathField.Null);
        if (field.Text is { } text) return Take(name, PathField.FromString(text));
        Refuse(name, field, "a path or null");
        return PathField.Absent;
    }

    internal QueryLanguage? QueryLanguage(string name)
    {
        if (!Find(name, out var field)) return null;
        switch (field.Text)
        {
            case "JSONPath": return Take(name, Asl.QueryLanguage.JSONPath);
            case "JSONata": return Take(name, Asl.QueryLanguage.JSONata);
            default:
                Refuse(name, field, "'JSONPath' or 'JSONata'");
                return null;
        }
    }

    internal EquatableList<string> Texts(string name)
    {
        if (!Find(name, out var field)) return default;
        if (field.Kind == JsonKind.Array && field.Items.TrueForAll(item => item.Text is not null))
            return Take(name, EquatableList.Create(field.Items.Select(item => item.Text!)));
        Refuse(name, field, "an array of strings");
        return default;
    }

    internal T? Element<T>(string name, Func<ElementReader, T> read)
        where T : class
    {
        if (!Find(name, out var field)) return null;
        if (field.Kind == JsonKind.Object) return Take(name, read(new ElementReader(source, field, $"{location}/{name}")));
        Refuse(name, field, "an object");
        return null;
    }

    internal EquatableList<T> Elements<T>(string name, Func<ElementReader, T> read)
        where T : class
    {
        if (!Find(name, out var field)) return default;
        if (field.Kind != JsonKind.Array || !field.Items.TrueForAll(item => item.Kind == JsonKind.Object))
        {
            Refuse(name, field, "an array of objects");
            return default;
        }

        var elements = new T[field.Items.Count];
        for (var i = 0; i < elements.Length; i++) elements[i] = read(new ElementReader(source, field.Items[i], $"{location}/{name}[{i}]"));
        return Take(name, EquatableList.Create<T>(elements));
    }

    internal EquatableMap<State> States(string name)
    {
        if (!Find(name, out var field)) return default;
        if (field.Kind != JsonKind.Object)
        {
            Refuse(name, field, "an object");
            return default;
        }

        var states = new OrderedDictionary<string, State>(StringComparer.Ordinal);
        foreach (var member in field.Members) states[member.Name] = StateReader.Read(source, member.Value, $"{location}/{name}/{member.Name}");
        return Take(name, new EquatableMap<State>(states));
    }

    /// <summary>Marks a field as understood by another way.</summary>
    internal void Skip(string name) => taken.Add(name);

    internal bool Find(string name, [NotNullWhen(true)] out SourceNode? field)
    {
        field = node.Find(name);
        return field is not null;
    }

    internal void Refuse(string name, SourceNode field, string expected)
    {
        refused.Add(name);
        // A placeholder such as ${Seconds} is filled in before the document is deployed.
        var placeholder = field.Text is { } text && text.Contains("${", StringComparison.Ordinal);
        source.Report(
            placeholder ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error,
            "WRONG_TYPE",
            $"The field '{name}' is {expected}, not {(field.Text is { } got ? $"'{Shorten(got)}'" : Words.For(field.Kind))}.",
            field.Offset,
            $"{location}/{name}");
    }

    /// <summary>The fields that were not taken. Called last.</summary>
    internal JsonObject Rest()
    {
        JsonObject.Builder? rest = null;
        foreach (var member in node.Members)
        {
            if (taken.Contains(member.Name)) continue;
            if (!refused.Contains(member.Name))
                source.Report(DiagnosticSeverity.Warning, "UNKNOWN_FIELD", $"The field '{member.Name}' is not known here.", member.Offset, location);
            (rest ??= new JsonObject.Builder()).Set(member.Name, member.Value.Value);
        }

        return rest?.Build() ?? JsonObject.Empty;
    }

    T Take<T>(string name, T value)
    {
        taken.Add(name);
        return value;
    }

    static string Shorten(string text) => text.Length <= 60 ? text : text[..57] + "...";
}
