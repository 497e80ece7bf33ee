using Orkestra.Expressions.Data;

namespace Orkestra.Dashboard.Runs;

/// <summary>Whether a line is in both values, or only in one.</summary>
internal enum LineChange
{
    Same,
    Removed,
    Added,
}

/// <summary>A line of a difference.</summary>
internal readonly record struct DifferenceLine(LineChange Change, int Depth, string Text);

/// <summary>The difference of two JSON values, member by member, as lines of indented JSON.</summary>
internal static class JsonDifference
{
    internal static List<DifferenceLine> Of(JsonValue? left, JsonValue? right)
    {
        var lines = new List<DifferenceLine>();
        Compare(lines, left, right, 0, "", "");
        return lines;
    }

    static void Compare(List<DifferenceLine> lines, JsonValue? left, JsonValue? right, int depth, string name, string comma)
    {
        if (left is JsonObject leftObject && right is JsonObject rightObject)
        {
            lines.Add(new DifferenceLine(LineChange.Same, depth, $"{name}{{"));
            var names = leftObject.Select(member => member.Key).Concat(rightObject.Select(member => member.Key)).Distinct(StringComparer.Ordinal).ToList();
            for (var i = 0; i < names.Count; i++)
                Compare(lines, Member(leftObject, names[i]), Member(rightObject, names[i]), depth + 1, $"{JsonString.Create(names[i]).ToJson()}: ", i + 1 < names.Count ? "," : "");
            lines.Add(new DifferenceLine(LineChange.Same, depth, $"}}{comma}"));
        }
        else if (left is JsonArray leftArray && right is JsonArray rightArray)
        {
            lines.Add(new DifferenceLine(LineChange.Same, depth, $"{name}["));
            var count = Math.Max(leftArray.Count, rightArray.Count);
            for (var i = 0; i < count; i++) Compare(lines, i < leftArray.Count ? leftArray[i] : null, i < rightArray.Count ? rightArray[i] : null, depth + 1, "", i + 1 < count ? "," : "");
            lines.Add(new DifferenceLine(LineChange.Same, depth, $"]{comma}"));
        }
        else if (left is not null && right is not null && left == right)
        {
            Write(lines, LineChange.Same, left, depth, name, comma);
        }
        else
        {
            if (left is not null) Write(lines, LineChange.Removed, left, depth, name, comma);
            if (right is not null) Write(lines, LineChange.Added, right, depth, name, comma);
        }
    }

    static void Write(List<DifferenceLine> lines, LineChange change, JsonValue value, int depth, string name, string comma)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } members:
                lines.Add(new DifferenceLine(change, depth, $"{name}{{"));
                var left = members.Count;
                foreach (var (key, member) in members) Write(lines, change, member, depth + 1, $"{JsonString.Create(key).ToJson()}: ", --left > 0 ? "," : "");
                lines.Add(new DifferenceLine(change, depth, $"}}{comma}"));
                break;
            case JsonArray { Count: > 0 } items:
                lines.Add(new DifferenceLine(change, depth, $"{name}["));
                for (var i = 0; i < items.Count; i++) Write(lines, change, items[i], depth + 1, "", i + 1 < items.Count ? "," : "");
                lines.Add(new DifferenceLine(change, depth, $"]{comma}"));
                break;
            default:
                lines.Add(new DifferenceLine(change, depth, $"{name}{value.ToJson()}{comma}"));
                break;
        }
    }

    static JsonValue? Member(JsonObject value, string name) => value.TryGetValue(name, out var member) ? member : null;
}
