using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Orkestra.Asl.Maps;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.Datasets;

/// <summary>A JSON array or object, at the root or where <c>ItemsPointer</c> says (RFC 6901). Items are taken out one by one; the text is never held as a whole.</summary>
internal sealed class JsonFormat : IDatasetFormat
{
    public string InputType => "JSON";

    public async IAsyncEnumerable<DatasetItem> ReadAsync(Stream content, ReaderConfig config, DatasetOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var items = new Scanner(new ByteWindow(content, options.MaxItemBytes), config.ItemsPointer);
        await items.Window.SkipMarkAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            switch (items.Scan(out var item))
            {
                case Step.Item:
                    yield return item;
                    break;
                case Step.End:
                    yield break;
                default:
                    await items.Window.FillAsync(cancellationToken).ConfigureAwait(false);
                    break;
            }
        }
    }

    enum Step
    {
        More,
        Item,
        End,
    }

    enum Phase
    {
        /// <summary>On the way to where the pointer points.</summary>
        Seeking,

        /// <summary>Within the array or object whose elements or members are the items.</summary>
        Within,

        /// <summary>Behind it: the rest only has to be JSON.</summary>
        Behind,
    }

    sealed class Scanner
    {
        readonly string? pointer;
        readonly string[] parts;
        JsonReaderState state = new(new JsonReaderOptions { MaxDepth = JsonReadOptions.Default.MaxDepth });
        Phase phase;

        // How much of the window the reader has taken, and where in it the item begins; -1 between items.
        int taken;
        int itemAt = -1;
        long tokens;
        int count;

        // Seeking: how many parts were found, whether the next value is the one they name, and the place in it when it is an array.
        int found;
        bool isNext = true;
        bool isInArray;
        int index;

        // Within: the depth of the array or object, and the name of the member being read.
        int depth;
        string? name;

        internal Scanner(ByteWindow window, string? pointer)
        {
            Window = window;
            this.pointer = pointer;
            if (string.IsNullOrEmpty(pointer))
            {
                parts = [];
            }
            else
            {
                if (pointer[0] != '/') throw new DatasetException($"The ItemsPointer '{pointer}' is not a JSON pointer: start it with '/'.");
                parts = [.. pointer[1..].Split('/').Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
            }
        }

        internal ByteWindow Window { get; }

        /// <summary>Reads on in the window until an item is whole, the text ends, or the window does.</summary>
        internal Step Scan(out DatasetItem item)
        {
            item = default;
            var text = Window.Span[taken..];
            var reader = new Utf8JsonReader(text, Window.IsLast, state);
            try
            {
                while (reader.Read())
                {
                    tokens++;
                    if (phase == Phase.Seeking) Seek(ref reader);
                    else if (phase == Phase.Within && IsItem(ref reader, out var length))
                    {
                        item = Make(Window.Span.Slice(itemAt, length));
                        Leave(ref reader);
                        return Step.Item;
                    }
                }
            }
            catch (JsonException problem)
            {
                throw new DatasetException($"Unable to parse the JSON file: {problem.Message}", problem);
            }
            catch (DecoderFallbackException problem)
            {
                throw new DatasetException("Unable to parse the JSON file: it is not valid UTF-8.", problem);
            }

            var isEnd = Window.IsLast;
            Leave(ref reader);
            return isEnd ? Step.End : Step.More;
        }

        void Leave(ref Utf8JsonReader reader)
        {
            state = reader.CurrentState;
            taken += (int)reader.BytesConsumed;
            var dropped = itemAt < 0 ? taken : itemAt;
            Window.Drop(dropped);
            taken -= dropped;
            if (itemAt >= 0) itemAt = 0;
        }

        void Seek(ref Utf8JsonReader reader)
        {
            if (isNext) Arrive(ref reader);
            else if (reader.CurrentDepth == found) throw Missing();
            else if (reader.CurrentDepth > found + 1) return;
            else if (reader.TokenType == JsonTokenType.PropertyName)
            {
                if (NameOf(ref reader) != parts[found]) return;
                found++;
                isNext = true;
            }
            else if (isInArray && reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject) && ++index == IndexOf(parts[found]))
            {
                found++;
                Arrive(ref reader);
            }
        }

        // At a value on the way: the root, or one that a part of the pointer names.
        void Arrive(ref Utf8JsonReader reader)
        {
            isNext = false;
            if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject))
                throw found < parts.Length ? Missing() : new DatasetException("Attempting to map over non-iterable node.");
            isInArray = reader.TokenType == JsonTokenType.StartArray;
            index = -1;
            if (found < parts.Length) return;
            depth = reader.CurrentDepth;
            phase = Phase.Within;
        }

        bool IsItem(ref Utf8JsonReader reader, out int length)
        {
            length = 0;
            if (reader.CurrentDepth == depth)
            {
                phase = Phase.Behind;
                return false;
            }

            if (reader.CurrentDepth > depth + 1) return false;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = NameOf(ref reader);
                    return false;
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    itemAt = taken + (int)reader.TokenStartIndex;
                    tokens = 1;
                    return false;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    break;
                default:
                    itemAt = taken + (int)reader.TokenStartIndex;
                    tokens = 1;
                    break;
            }

            length = taken + (int)reader.BytesConsumed - itemAt;
            return true;
        }

        DatasetItem Make(ReadOnlySpan<byte> text)
        {
            count++;
            itemAt = -1;
            var value = ParsedJson.Parse(text, $"item {count} of the JSON file");
            var item = new DatasetItem(value, name) { Weight = text.Length + (name?.Length ?? 0) + ((1 + tokens) * DatasetCollector.ValueWeight) };
            name = null;
            return item;
        }

        static string NameOf(ref Utf8JsonReader reader)
        {
            // What GetString refuses, such as an escape of half a surrogate pair, the project's own reader of JSON takes.
            if (!reader.ValueIsEscaped) return Strict.GetString(reader.ValueSpan);
            var text = new byte[reader.ValueSpan.Length + 2];
            text[0] = text[^1] = (byte)'"';
            reader.ValueSpan.CopyTo(text.AsSpan(1));
            return ((JsonString)ParsedJson.Parse(text, "a name in the JSON file")).Value;
        }

        static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

        static int IndexOf(string part) => int.TryParse(part, System.Globalization.NumberStyles.None, null, out var number) ? number : -1;

        DatasetException Missing() => new($"The ItemsPointer '{pointer}' points at nothing: there is no '{parts[found]}'.");
    }
}
