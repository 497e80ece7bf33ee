using System.Diagnostics.CodeAnalysis;
using System.Text;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.Tests.Hostile;

/// <summary>Changes texts of definitions: bytes, words, and the tree.</summary>
[SuppressMessage("Security", "CA5394", Justification = "What is random here has to come again.")]
sealed class Mutations(int seed)
{
    static readonly string[] Words =
    [
        "null", "true", "-1", "0", "1e308", "99999999999999999999", "1.5", "\"\"", "\"$\"", "\"$.x\"", "\"$$\"", "\"$v\"", "\"{% $ %}\"", "\"{% $states.input %}\"", "\"{% 1 = %}\"", "\"States.ALL\"",
        "\"States.UUID()\"", "\"States.Format('{}')\"", "[]", "{}", "[[[]]]", "\"\\ud800\"", "\"Pass\"", "\"Task\"", "\"Choice\"", "\"Wait\"", "\"Succeed\"", "\"Fail\"", "\"Parallel\"", "\"Map\"",
        "\"JSONata\"", "\"JSONPath\"", "\"DISTRIBUTED\"", "\"9999-12-31T23:59:59Z\"", "\"arn:aws:states:::lambda:invoke.waitForTaskToken\"", "\"$..*[?(@.a==1)]\"", "\"$[-1:]\"", "\"a\\u0000b\"",
    ];

    readonly Random random = new(seed);

    public byte[] Of(byte[] text)
    {
        for (var left = random.Next(1, 4); left > 0; left--)
        {
            text = random.Next(3) switch
            {
                0 => Bytes(text),
                1 => Word(text),
                _ => Tree(text),
            };
        }

        return text;
    }

    byte[] Bytes(byte[] text)
    {
        var list = text.ToList();
        var at = random.Next(list.Count + 1);
        var count = Math.Min(random.Next(1, 20), list.Count - at);
        switch (random.Next(4))
        {
            case 0 when at < list.Count: list[at] = (byte)random.Next(256); break;
            case 1: list.RemoveRange(at, count); break;
            case 2: list.InsertRange(random.Next(list.Count + 1), list.GetRange(at, count)); break;
            default: list.InsertRange(at, Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)])); break;
        }

        return [.. list];
    }

    // Puts a word where a text stands.
    byte[] Word(byte[] text)
    {
        var quotes = Enumerable.Range(0, text.Length).Where(i => text[i] == (byte)'"').ToArray();
        if (quotes.Length < 2) return Bytes(text);
        var first = random.Next(quotes.Length - 1);
        return [.. text[..quotes[first]], .. Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)]), .. text[(quotes[first + 1] + 1)..]];
    }

    byte[] Tree(byte[] text)
    {
        JsonValue tree;
        try
        {
            tree = JsonValue.Parse(text);
        }
        catch (JsonFormatException)
        {
            return Bytes(text);
        }

        var all = new List<JsonValue>();
        Collect(tree, all);
        var (target, donor) = (random.Next(all.Count), all[random.Next(all.Count)]);
        var at = 0;
        return Replaced(tree, ref at, target, donor).ToUtf8Bytes();
    }

    static void Collect(JsonValue value, List<JsonValue> all)
    {
        all.Add(value);
        if (value is JsonObject members)
        {
            foreach (var (_, member) in members) Collect(member, all);
        }
        else if (value is JsonArray items)
        {
            foreach (var item in items.ToArray()) Collect(item, all);
        }
    }

    // The value with that number is replaced, or, of an object, a member is taken away.
    JsonValue Replaced(JsonValue value, ref int at, int target, JsonValue donor)
    {
        if (at++ == target) return value is JsonObject { Count: > 0 } found && random.Next(2) == 0 ? found.Without(found.Names[random.Next(found.Count)]) : donor;
        switch (value)
        {
            case JsonObject members:
                var json = new JsonObject.Builder(members.Count);
                foreach (var (name, member) in members) json.Set(name, Replaced(member, ref at, target, donor));
                return json.Build();
            case JsonArray items:
                var list = new List<JsonValue>();
                foreach (var item in items.ToArray()) list.Add(Replaced(item, ref at, target, donor));
                return JsonArray.Create(list);
            default:
                return value;
        }
    }
}
