using System.Runtime.CompilerServices;
using System.Text.Unicode;
using Orkestra.Asl.Maps;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.Datasets;

/// <summary>JSON Lines: a JSON value a line. Lines of white space are no items.</summary>
internal sealed class JsonLinesFormat : IDatasetFormat
{
    public string InputType => "JSONL";

    public async IAsyncEnumerable<DatasetItem> ReadAsync(Stream content, ReaderConfig config, DatasetOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var window = new ByteWindow(content, options.MaxItemBytes);
        await window.SkipMarkAsync(cancellationToken).ConfigureAwait(false);
        var number = 0;
        while (true)
        {
            var length = window.Span.IndexOf((byte)'\n');
            if (length < 0 && !window.IsLast)
            {
                await window.FillAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (length < 0) length = window.Span.Length;
            number++;
            if (Parse(window.Span[..length], number) is { } item) yield return item;
            if (length == window.Span.Length) yield break;
            window.Drop(length + 1);
        }
    }

    static DatasetItem? Parse(ReadOnlySpan<byte> line, int number)
    {
        line = line.Trim(" \r\t"u8);
        if (line.IsEmpty) return null;
        var value = ParsedJson.Parse(line, $"line {number} of the JSON Lines file");
        return new DatasetItem(value) { Weight = line.Length + ((1L + line.Count((byte)',')) * DatasetCollector.ValueWeight) };
    }
}

/// <summary>Makes values of JSON text, or says where it is wrong.</summary>
internal static class ParsedJson
{
    internal static JsonValue Parse(ReadOnlySpan<byte> text, string what)
    {
        if (!Utf8.IsValid(text)) throw new DatasetException($"Unable to parse {what}: it is not valid UTF-8.");
        try
        {
            return JsonValue.Parse(text);
        }
        catch (JsonFormatException problem)
        {
            throw new DatasetException($"Unable to parse {what}: {problem.Message}", problem);
        }
    }
}
