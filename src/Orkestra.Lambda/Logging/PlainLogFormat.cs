using System.Buffers;
using System.Text;
using Orkestra.Hosting;

namespace Orkestra.Lambda.Logging;

/// <summary>A line a person reads: time, level, logger, message.</summary>
internal static class PlainLogFormat
{
    public static void Write(IBufferWriter<byte> output, in LogLine line, TimeProvider time)
    {
        var text = FormattableString.Invariant($"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {line.Level} {line.Name}: {line.Message}");
        Encoding.UTF8.GetBytes(line.Exception is null ? text : $"{text}\n{ExceptionText.TextOf(line.Exception)}", output);
    }
}
