using System.Buffers.Binary;
using System.Diagnostics;

namespace Orkestra.OpenTelemetry;

/// <summary>Makes trace ids that X-Ray takes: their first 32 bits are the second the trace began.</summary>
/// <remarks>https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html#xray-api-traceids</remarks>
internal static class XRayTraceIds
{
    public static void Use(TimeProvider time) => Activity.TraceIdGenerator = () => Make(time);

    public static ActivityTraceId Make(TimeProvider time)
    {
        Span<byte> id = stackalloc byte[16];
        ActivityTraceId.CreateRandom().CopyTo(id);
        BinaryPrimitives.WriteUInt32BigEndian(id, (uint)time.GetUtcNow().ToUnixTimeSeconds());
        return ActivityTraceId.CreateFromBytes(id);
    }
}
