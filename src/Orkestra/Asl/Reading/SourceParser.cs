using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Orkestra.Expressions.Data;

namespace Orkestra.Asl.Reading;

/// <summary>Reads JSON text into <see cref="SourceNode"/>s. Duplicate names are reported; the last one counts.</summary>
internal ref struct SourceParser
{
    readonly ReadOnlySpan<byte> utf8;
    readonly AslSource source;
    Utf8JsonReader reader;

    SourceParser(ReadOnlySpan<byte> utf8, AslSource source)
    {
        this.utf8 = utf8;
        this.source = source;
        reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = AslReader.MaxDepth + 1 });
    }

    /// <summary>The value, or null when it nests too deep, which is reported.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    internal static SourceNode? Parse(ReadOnlySpan<byte> utf8, AslSource source)
    {
        var parser = new SourceParser(utf8, source);
        parser.reader.Read();
        var root = parser.ReadValue();
        if (root is not null) parser.reader.Read();
        return root;
    }

    /// <summary>The sentence of an exception without the position, which stands elsewhere.</summary>
    internal static string Describe(JsonException problem)
    {
        var text = problem.Message;
        var tail = text.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return tail < 0 ? text : text[..tail];
    }

    SourceNode? ReadValue()
    {
        var offset = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
            case JsonTokenType.StartArray:
                if (reader.CurrentDepth >= AslReader.MaxDepth)
                {
                    source.Error("TOO_DEEPLY_NESTED", $"The text nests deeper than {AslReader.MaxDepth} levels.", offset, null);
                    return null;
                }

                RuntimeHelpers.EnsureSufficientExecutionStack();
                return reader.TokenType == JsonTokenType.StartObject ? ReadObject(offset) : ReadArray(offset);
            case JsonTokenType.String: return SourceNode.Scalar(JsonString.Create(ReadText()), offset);
            case JsonTokenType.Number: return SourceNode.Scalar(ReadNumber(offset), offset);
            case JsonTokenType.True: return SourceNode.Scalar(JsonBoolean.True, offset);
            case JsonTokenType.False: return SourceNode.Scalar(JsonBoolean.False, offset);
            default: return SourceNode.Scalar(JsonNull.Instance, offset);
        }
    }

    SourceNode? ReadObject(int offset)
    {
        var members = new List<SourceMember>();
        HashSet<string>? names = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var at = (int)reader.TokenStartIndex;
            var name = ReadText();
            if (IsTwice(name, members, ref names)) source.Error("DUPLICATE_FIELD", $"The field '{name}' appears twice in this object; the last one counts.", at, null);
            reader.Read();
            if (ReadValue() is not { } value) return null;
            members.Add(new SourceMember(name, at, value));
        }

        return SourceNode.Object(members, offset);
    }

    SourceNode? ReadArray(int offset)
    {
        var items = new List<SourceNode>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (ReadValue() is not { } item) return null;
            items.Add(item);
        }

        return SourceNode.Array(items, offset);
    }

    // Most objects are small; a set for each would cost more than their text.
    static bool IsTwice(string name, List<SourceMember> members, ref HashSet<string>? names)
    {
        const int few = 8;
        if (names is null && members.Count < few)
        {
            foreach (var member in members)
            {
                if (member.Name == name) return true;
            }

            return false;
        }

        names ??= new(members.Select(member => member.Name), StringComparer.Ordinal);
        return !names.Add(name);
    }

    readonly string ReadText()
    {
        if (!reader.ValueIsEscaped) return Encoding.UTF8.GetString(reader.ValueSpan);
        var quoted = utf8.Slice((int)reader.TokenStartIndex, reader.ValueSpan.Length + 2);
        return ((JsonString)JsonValue.Parse(quoted)).Value;
    }

    readonly JsonValue ReadNumber(int offset)
    {
        try
        {
            return JsonValue.Parse(reader.ValueSpan);
        }
        catch (JsonFormatException problem)
        {
            source.Error("INVALID_JSON_DESCRIPTION", problem.Message, offset, null);
            return 0;
        }
    }
}
