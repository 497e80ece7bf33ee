using System.Globalization;

namespace Orkestra.Asl.Integrations;

/// <summary>
/// What the actions of a service take and answer, made of the <c>takes</c>, <c>answer</c> and structure lines of its file. A field is <c>Name:form</c>, or <c>Name!:form</c> when it is always there or must
/// be given. Forms: <c>s</c> text (<c>s1-9</c>: one to nine characters, <c>s=A|B</c>: one of these), <c>n</c> number (<c>n1</c>: at least 1), <c>b</c> boolean, <c>[form]</c> list, <c>{form}</c> map,
/// <c>.Name</c> structure of the service, <c>*</c> anything.
/// </summary>
internal sealed class ServiceShapes
{
    readonly Dictionary<string, Shape> structures = new(StringComparer.Ordinal);

    /// <summary>Reads the lines of a service.</summary>
    /// <param name="requests">What actions take, as <c>NAME FIELD…</c>.</param>
    /// <param name="answers">What they answer, in the same form.</param>
    /// <param name="parts">The structures, as <c>.NAME FIELD…</c>.</param>
    internal ServiceShapes(IEnumerable<string> requests, IEnumerable<string> answers, IEnumerable<string> parts)
    {
        foreach (var line in parts) AddFields(Structure(line.Split(' ')[0][1..]), line);
        Requests = requests.ToDictionary(static line => line.Split(' ')[0], line => AddFields(new Shape(ShapeKind.Structure), line), StringComparer.Ordinal);
        Answers = answers.ToDictionary(static line => line.Split(' ')[0], line => AddFields(new Shape(ShapeKind.Structure), line), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>What actions take, by their names.</summary>
    internal IReadOnlyDictionary<string, Shape> Requests { get; }

    /// <summary>What actions answer, by their names without regard to case.</summary>
    internal IReadOnlyDictionary<string, Shape> Answers { get; }

    Shape AddFields(Shape structure, string line)
    {
        foreach (var field in line.Split(' ').AsSpan(1)) AddField(structure, field);
        return structure;
    }

    void AddField(Shape structure, string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = text[..colon];
        if (name.EndsWith('!'))
        {
            name = name[..^1];
            structure.Required.Add(name);
        }

        structure.Fields.Add(name, Parse(text[(colon + 1)..]));
    }

    Shape Parse(string form) => form[0] switch
    {
        '*' => Shape.Any,
        '[' => new Shape(ShapeKind.List) { Member = Parse(form[1..^1]) },
        '{' => new Shape(ShapeKind.Map) { Member = Parse(form[1..^1]) },
        '.' => Structure(form[1..]),
        'b' => new Shape(ShapeKind.Boolean),
        'n' => Limited(ShapeKind.Number, form[1..]),
        's' when form.StartsWith("s=", StringComparison.Ordinal) => new Shape(ShapeKind.Text) { Words = form[2..].Split('|') },
        's' => Limited(ShapeKind.Text, form[1..]),
        _ => throw new FormatException($"'{form}' is not the form of a field."),
    };

    static Shape Limited(ShapeKind kind, string limits)
    {
        if (limits.Length == 0) return new Shape(kind);
        var dash = limits.IndexOf('-', StringComparison.Ordinal);
        return new Shape(kind)
        {
            Least = long.Parse(dash < 0 ? limits : limits.AsSpan(0, dash), CultureInfo.InvariantCulture),
            Most = dash < 0 ? null : long.Parse(limits.AsSpan(dash + 1), CultureInfo.InvariantCulture),
        };
    }

    Shape Structure(string name)
    {
        if (!structures.TryGetValue(name, out var shape)) structures.Add(name, shape = new Shape(ShapeKind.Structure));
        return shape;
    }
}
