using System.Diagnostics;
using System.Globalization;

namespace Orkestra.Lambda.Runtime;

/// <summary>
/// An X-Ray trace header, <c>Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1</c>, and its W3C form. Both
/// carry the same 128-bit trace id: X-Ray writes its first 32 bits apart, as the time the trace began.
/// </summary>
/// <param name="Root">The trace id in X-Ray's form.</param>
/// <param name="Parent">The parent span's id, 16 hexadecimal digits; null when the header has none.</param>
/// <param name="Sampled">Whether the trace is recorded; null when the decision is still open.</param>
/// <remarks>https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader</remarks>
public readonly record struct XRayTraceHeader(string Root, string? Parent, bool? Sampled)
{
    /// <summary>Reads a header; false when it names no trace.</summary>
    public static bool TryParse(string? text, out XRayTraceHeader header)
    {
        header = default;
        string? root = null, parent = null;
        bool? sampled = null;
        foreach (var range in (text ?? "").AsSpan().Split(';'))
        {
            var part = text.AsSpan(range).Trim();
            if (part.StartsWith("Root=", StringComparison.OrdinalIgnoreCase))
                root = part[5..].ToString();
            else if (part.StartsWith("Parent=", StringComparison.OrdinalIgnoreCase))
                parent = IsHex(part[7..], 16) ? part[7..].ToString() : null;
            else if (part.StartsWith("Sampled=", StringComparison.OrdinalIgnoreCase))
                sampled = part[8..] switch { "1" => true, "0" => false, _ => null };
        }

        if (root is null || root.Length != 35 || !root.StartsWith("1-", StringComparison.Ordinal) || root[10] != '-'
            || !IsHex(root.AsSpan(2, 8), 8) || !IsHex(root.AsSpan(11), 24))
            return false;
        header = new(root, parent, sampled);
        return true;
    }

    /// <summary>The trace as W3C Trace Context has it; a missing parent is given the trace's own first 64 bits, as there must be one.</summary>
    public ActivityContext ToActivityContext() => new(
        ActivityTraceId.CreateFromString(string.Concat(Root.AsSpan(2, 8), Root.AsSpan(11)).ToLowerInvariant()),
        ActivitySpanId.CreateFromString(Parent?.ToLowerInvariant() ?? Root.AsSpan(19)),
        Sampled == true ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None,
        isRemote: true);

    /// <summary>A W3C <c>traceparent</c> of the same trace.</summary>
    public string ToTraceParent()
    {
        var context = ToActivityContext();
        return $"00-{context.TraceId}-{context.SpanId}-{((int)context.TraceFlags).ToString("x2", CultureInfo.InvariantCulture)}";
    }

    /// <summary>The X-Ray form of a W3C trace.</summary>
    public static XRayTraceHeader From(ActivityContext context)
    {
        var id = context.TraceId.ToHexString();
        return new($"1-{id[..8]}-{id[8..]}", context.SpanId.ToHexString(), context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded));
    }

    /// <summary>The header's text.</summary>
    public override string ToString() =>
        $"Root={Root}{(Parent is null ? "" : ";Parent=" + Parent)}{Sampled switch { true => ";Sampled=1", false => ";Sampled=0", _ => "" }}";

    static bool IsHex(ReadOnlySpan<char> text, int length)
    {
        foreach (var digit in text)
            if (!char.IsAsciiHexDigit(digit))
                return false;
        return text.Length == length;
    }
}
