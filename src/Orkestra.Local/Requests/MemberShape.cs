using System.Globalization;
using System.Text.RegularExpressions;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Service;

namespace Orkestra.Local.Requests;

/// <summary>What a member of a request may be. <see cref="CheckType"/> comes first, as the service reads the whole request before it looks at values.</summary>
internal abstract record MemberShape
{
    /// <summary>Whether messages leave the value out.</summary>
    internal bool IsSensitive { get; init; }

    /// <summary>Refuses a value that cannot be read as this.</summary>
    /// <exception cref="ServiceException"><c>SerializationException</c>.</exception>
    internal abstract void CheckType(JsonValue value);

    /// <summary>Reports every constraint that a value of the right type breaks.</summary>
    internal abstract void Check(JsonValue value, string path, ConstraintProblems problems);

    /// <summary>The value as the service writes it in messages.</summary>
    internal virtual string Show(JsonValue value) => value switch
    {
        JsonString text => text.Value,
        _ => value.ToJson(),
    };

    private protected static ServiceException Unreadable(JsonValue value, string wanted) => new("SerializationException", value.Kind switch
    {
        JsonKind.Array => "Start of list found where not expected",
        JsonKind.Object => "Start of structure or map found where not expected.",
        var kind => $"{NameOf(kind, value)} can not be converted to {wanted}",
    });

    static string NameOf(JsonKind kind, JsonValue value) => kind switch
    {
        JsonKind.String => "STRING_VALUE",
        JsonKind.Number => "NUMBER_VALUE",
        _ => value is JsonBoolean { Value: true } ? "TRUE_VALUE" : "FALSE_VALUE",
    };
}

/// <summary>A text. Lengths are in UTF-16 units.</summary>
internal sealed record TextShape(int Least, int Most) : MemberShape
{
    /// <summary>What the text must match, and how messages show it; null for anything.</summary>
    internal (Regex Regex, string Shown)? Pattern { get; init; }

    /// <summary>The values there are, in the order of the service's messages; null for anything.</summary>
    internal string[]? Values { get; init; }

    internal override void CheckType(JsonValue value)
    {
        if (value is not JsonString) throw Unreadable(value, "a String");
    }

    internal override void Check(JsonValue value, string path, ConstraintProblems problems)
    {
        var text = ((JsonString)value).Value;
        if (Values is { } values)
        {
            if (!values.Contains(text)) problems.Add(this, value, path, $"satisfy enum value set: [{string.Join(", ", values)}]");
            return;
        }

        var length = text.Length;
        if (length < Least) problems.Add(this, value, path, $"have length greater than or equal to {Least}");
        if (length > Most) problems.Add(this, value, path, $"have length less than or equal to {Most}");
        if (Pattern is { } pattern && !pattern.Regex.IsMatch(text)) problems.Add(this, value, path, $"satisfy regular expression pattern: {pattern.Shown}");
    }
}

/// <summary>A number.</summary>
internal sealed record NumberShape(double Least, double Most, string TypeName = "an Integer") : MemberShape
{
    internal override void CheckType(JsonValue value)
    {
        if (value is not JsonNumber) throw Unreadable(value, TypeName);
    }

    internal override void Check(JsonValue value, string path, ConstraintProblems problems)
    {
        var number = ((JsonNumber)value).Value;
        if (number < Least) problems.Add(this, value, path, $"have value greater than or equal to {Least.ToString(CultureInfo.InvariantCulture)}");
        if (number > Most) problems.Add(this, value, path, $"have value less than or equal to {Most.ToString(CultureInfo.InvariantCulture)}");
    }
}

/// <summary>True or false.</summary>
internal sealed record FlagShape : MemberShape
{
    internal override void CheckType(JsonValue value)
    {
        if (value is not JsonBoolean) throw Unreadable(value, "a Boolean");
    }

    internal override void Check(JsonValue value, string path, ConstraintProblems problems)
    {
    }
}

/// <summary>A list.</summary>
internal sealed record ListShape(MemberShape Item, int Least = 0, int Most = int.MaxValue) : MemberShape
{
    internal override void CheckType(JsonValue value)
    {
        if (value is not JsonArray items) throw new ServiceException("SerializationException", value is JsonObject ? "Start of structure or map found where not expected." : "Unexpected field type");
        foreach (var item in items)
        {
            if (!item.IsNull) Item.CheckType(item);
        }
    }

    internal override void Check(JsonValue value, string path, ConstraintProblems problems)
    {
        var items = (JsonArray)value;
        if (items.Count < Least) problems.Add(this, value, path, $"have length greater than or equal to {Least}");
        if (items.Count > Most) problems.Add(this, value, path, $"have length less than or equal to {Most}");
        for (var i = 0; i < items.Count; i++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{path}.{i + 1}.member");
            if (items[i].IsNull) problems.AddMissing(at);
            else Item.Check(items[i], at, problems);
        }
    }

    internal override string Show(JsonValue value) => $"[{string.Join(", ", ((IEnumerable<JsonValue>)(JsonArray)value).Select(Item.Show))}]";
}

/// <summary>An object with known members; others are ignored.</summary>
internal sealed record StructureShape(string Name, IReadOnlyList<MemberRule> Members) : MemberShape
{
    internal override void CheckType(JsonValue value)
    {
        if (value is not JsonObject fields) throw new ServiceException("SerializationException", value is JsonArray ? "Start of list found where not expected" : "Unexpected value type in payload");
        foreach (var member in Members)
        {
            if (fields.TryGetValue(member.Name, out var field) && !field.IsNull) member.Shape.CheckType(field);
        }
    }

    internal override void Check(JsonValue value, string path, ConstraintProblems problems)
    {
        foreach (var member in Members)
        {
            var at = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (value[member.Name] is { IsNull: false } field) member.Shape.Check(field, at, problems);
            else if (member.IsRequired) problems.AddMissing(at);
        }
    }

    internal override string Show(JsonValue value) =>
        $"{Name}({string.Join(", ", Members.Select(member => $"{member.Name}={(value[member.Name] is { IsNull: false } field ? member.Shape.Show(field) : "null")}"))})";
}

/// <summary>A member of a structure.</summary>
internal sealed record MemberRule(string Name, MemberShape Shape, bool IsRequired);
