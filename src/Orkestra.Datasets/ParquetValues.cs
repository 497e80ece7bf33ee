using System.Collections;
using System.Globalization;
using System.Numerics;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Datasets;
using Parquet.Data;
using Parquet.Schema;

namespace Orkestra.Datasets;

/// <summary>Values of a Parquet file as JSON.</summary>
internal static class ParquetValues
{
    /// <summary>A row, or a structure in one: a member for each field, null where there is none.</summary>
    internal static JsonObject Row(IReadOnlyList<Field> fields, IDictionary row)
    {
        var members = new JsonObject.Builder(fields.Count);
        foreach (var field in fields) members.Set(field.Name, row.Contains(field.Name) ? Value(field, row[field.Name]) : JsonValue.Null);
        return members.Build();
    }

    static JsonValue Value(Field? field, object? value) => (field, value) switch
    {
        (_, null) => JsonValue.Null,
        (ListField list, IEnumerable items) => Items(list.Item, items),
        (StructField structure, IDictionary members) => Row(structure.Fields, members),
        (MapField map, IDictionary entries) => Map(map, entries),
        (_, byte[] bytes) => Convert.ToBase64String(bytes),
        (_, ReadOnlyMemory<byte> bytes) => Convert.ToBase64String(bytes.Span),
        (DataField { IsArray: true }, IEnumerable items and not string) => Items(null, items),
        (_, var single) => Scalar(single),
    };

    static JsonArray Items(Field? field, IEnumerable items) => JsonArray.Create(items.Cast<object?>().Select(item => Value(field, item)));

    static JsonObject Map(MapField map, IDictionary entries)
    {
        var members = new JsonObject.Builder(entries.Count);
        foreach (DictionaryEntry entry in entries) members.Set(Scalar(entry.Key) is JsonString text ? text.Value : Scalar(entry.Key).ToJson(), Value(map.Value, entry.Value));
        return members.Build();
    }

    static JsonValue Scalar(object value) => value switch
    {
        string text => text,
        ReadOnlyMemory<char> text => text.ToString(),
        bool truth => truth,
        byte or sbyte or short or ushort or int or uint or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        ulong or decimal => Number(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)),
        BigDecimal number => Number(Text(number)),
        float number => float.IsFinite(number) ? Number(number.ToString("R", CultureInfo.InvariantCulture)) : JsonValue.Null,
        double number => double.IsFinite(number) ? number : JsonValue.Null,
        DateTime time => (time.Ticks - DateTime.UnixEpoch.Ticks) is var ticks && ticks >= 0 ? ticks / TimeSpan.TicksPerMillisecond : -((-ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        Guid id => id.ToString(),
        _ => throw new DatasetException($"The Parquet file has a column of the type {value.GetType().Name}, which cannot be an item."),
    };

    static JsonValue Number(string text) => JsonValue.Parse(text);

    // Without the zeros that only the scale of the column puts behind it.
    static string Text(BigDecimal number)
    {
        var (unscaled, scale) = (number.UnscaledValue, number.Scale);
        while (scale > 0 && unscaled % 10 == 0)
        {
            unscaled /= 10;
            scale--;
        }

        if (scale == 0) return unscaled.ToString(CultureInfo.InvariantCulture);
        var digits = BigInteger.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return $"{(unscaled.Sign < 0 ? "-" : "")}{digits.AsSpan(0, digits.Length - scale)}.{digits.AsSpan(digits.Length - scale)}";
    }
}
