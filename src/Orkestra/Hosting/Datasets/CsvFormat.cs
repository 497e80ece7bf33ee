using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Orkestra.Asl.Maps;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.Datasets;

/// <summary>
/// Delimited text (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html): fields may be quoted as in RFC 4180; a backslash escapes
/// another one, a quotation mark and the delimiter, and is dropped before anything else. Every value is a string; a short row is filled with empty strings,
/// and what a row has beyond the headers is dropped.
/// </summary>
internal sealed class CsvFormat : IDatasetFormat
{
    const int LongestHeader = 10 * 1024;

    public string InputType => "CSV";

    public IAsyncEnumerable<DatasetItem> ReadAsync(Stream content, ReaderConfig config, DatasetOptions options, CancellationToken cancellationToken) =>
        ReadAsync(content, DelimiterOf(config.CSVDelimiter), config.CSVHeaderLocation == "GIVEN" ? [.. config.CSVHeaders] : null, options, cancellationToken);

    /// <param name="content">The rows.</param>
    /// <param name="delimiter">What parts the fields: an ASCII character.</param>
    /// <param name="headers">The names of the columns; null when they are the first row.</param>
    /// <param name="options">The limits.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    internal static async IAsyncEnumerable<DatasetItem> ReadAsync(
        Stream content, byte delimiter, IReadOnlyList<string>? headers, DatasetOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var window = new ByteWindow(content, options.MaxItemBytes);
        var rows = new Rows(delimiter);
        await window.SkipMarkAsync(cancellationToken).ConfigureAwait(false);
        JsonShape? shape = headers is null ? null : ShapeOf(headers);
        while (true)
        {
            if (!rows.TryRead(window.Span, window.IsLast, out var length))
            {
                await window.FillAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            window.Drop(length);
            if (rows.Fields.Count == 0) break;
            if (shape is null) shape = ShapeOf(rows.Fields);
            else yield return ItemOf(shape, rows.Fields, length);
        }

        if (shape is null) throw new DatasetException("CSV file has no header row.");
    }

    internal static byte DelimiterOf(string? name) => name switch
    {
        null or "COMMA" => (byte)',',
        "PIPE" => (byte)'|',
        "SEMICOLON" => (byte)';',
        "SPACE" => (byte)' ',
        "TAB" => (byte)'\t',
        _ => throw new DatasetException($"The CSV delimiter '{name}' is not supported. Use COMMA, PIPE, SEMICOLON, SPACE or TAB."),
    };

    static JsonShape ShapeOf(IReadOnlyList<string> headers)
    {
        if (headers.Sum(header => Encoding.UTF8.GetByteCount(header) + 1) > LongestHeader) throw new DatasetException("The CSV headers have more than 10 KiB, the limit of headers.");
        if (new HashSet<string>(headers, StringComparer.Ordinal).Count != headers.Count) throw new DatasetException("CSV headers cannot contain duplicates.");
        return new JsonShape([.. headers]);
    }

    static DatasetItem ItemOf(JsonShape shape, List<string> row, int length)
    {
        var values = new JsonValue[shape.Count];
        for (var i = 0; i < values.Length; i++) values[i] = i < row.Count ? JsonString.Create(row[i]) : JsonString.Empty;
        return new DatasetItem(JsonObject.Wrap(shape, values)) { Weight = (2L * length) + ((1 + values.Length) * (long)DatasetCollector.ValueWeight) };
    }

    /// <summary>Takes rows apart, one at a time, in the bytes of the text: all that means something is ASCII.</summary>
    sealed class Rows(byte delimiter)
    {
        static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

        readonly SearchValues<byte> ends = SearchValues.Create([delimiter, (byte)'\n', (byte)'\r', (byte)'\\']);
        readonly ArrayBufferWriter<byte> field = new();
        int number;

        /// <summary>The row that was read; empty behind the last.</summary>
        internal List<string> Fields { get; } = [];

        /// <summary>Reads a row. False when the text may go on behind what there is of it.</summary>
        internal bool TryRead(ReadOnlySpan<byte> text, bool isLast, out int length)
        {
            Fields.Clear();
            length = 0;
            // A line with nothing in it is no row.
            while (length < text.Length && text[length] is (byte)'\r' or (byte)'\n') length++;
            if (length == text.Length) return isLast;
            while (true)
            {
                field.ResetWrittenCount();
                if (length < text.Length && text[length] == '"' && !TryQuoted(text, isLast, ref length)) return false;
                if (!TryPlain(text, isLast, ref length)) return false;
                Fields.Add(Text());
                if (length == text.Length) break;
                var end = text[length++];
                if (end == delimiter) continue;
                if (end == '\r' && length < text.Length && text[length] == '\n') length++;
                break;
            }

            number++;
            return true;
        }

        bool TryPlain(ReadOnlySpan<byte> text, bool isLast, ref int at)
        {
            while (true)
            {
                var count = text[at..].IndexOfAny(ends);
                if (count < 0)
                {
                    if (!isLast) return false;
                    field.Write(text[at..]);
                    at = text.Length;
                    return true;
                }

                field.Write(text.Slice(at, count));
                at += count;
                if (text[at] != '\\') return true;
                if (!TryEscape(text, isLast, ref at)) return false;
            }
        }

        bool TryQuoted(ReadOnlySpan<byte> text, bool isLast, ref int at)
        {
            at++;
            while (true)
            {
                var count = text[at..].IndexOfAny((byte)'"', (byte)'\\');
                if (count < 0)
                {
                    if (!isLast) return false;
                    field.Write(text[at..]);
                    at = text.Length;
                    return true;
                }

                field.Write(text.Slice(at, count));
                at += count;
                if (text[at] == '\\')
                {
                    if (!TryEscape(text, isLast, ref at)) return false;
                    continue;
                }

                at++;
                if (at == text.Length) return isLast;
                if (text[at] != '"') return true;
                field.Write("\""u8);
                at++;
            }
        }

        bool TryEscape(ReadOnlySpan<byte> text, bool isLast, ref int at)
        {
            at++;
            if (at == text.Length) return isLast;
            if (text[at] is not ((byte)'\\' or (byte)'"') && text[at] != delimiter) return true;
            field.Write(text.Slice(at, 1));
            at++;
            return true;
        }

        string Text()
        {
            try
            {
                return Strict.GetString(field.WrittenSpan);
            }
            catch (DecoderFallbackException problem)
            {
                throw new DatasetException($"Unable to parse row {number + 1} of the CSV file: it is not valid UTF-8.", problem);
            }
        }
    }
}
