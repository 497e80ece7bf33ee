using System.Globalization;
using System.Text;
using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Paths;

/// <summary>A range of elements (RFC 9535 section 2.3.4).</summary>
internal sealed class SliceSelector(long? start, long? end, long step) : PathSelector
{
    internal override void Select(JsonValue node, NodeLocation? location, PathWalk walk)
    {
        if (node is not JsonArray array || step == 0) return;
        long count = array.Count;
        if (step > 0)
        {
            var lower = Math.Clamp(Normalize(start ?? 0, count), 0, count);
            var upper = Math.Clamp(Normalize(end ?? count, count), 0, count);
            for (var i = lower; i < upper; i += step) walk.Add(array.Span[(int)i], location, (int)i);
        }
        else
        {
            var upper = Math.Clamp(Normalize(start ?? count - 1, count), -1, count - 1);
            var lower = Math.Clamp(end is { } last ? Normalize(last, count) : -1, -1, count - 1);
            for (var i = upper; i > lower; i += step) walk.Add(array.Span[(int)i], location, (int)i);
        }
    }

    internal override void Write(StringBuilder output)
    {
        output.Append('[').Append(start?.ToString(CultureInfo.InvariantCulture)).Append(':').Append(end?.ToString(CultureInfo.InvariantCulture));
        if (step != 1) output.Append(':').Append(step.ToString(CultureInfo.InvariantCulture));
        output.Append(']');
    }

    static long Normalize(long index, long count) => index >= 0 ? index : count + index;
}
