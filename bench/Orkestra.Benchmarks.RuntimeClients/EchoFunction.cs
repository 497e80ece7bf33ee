using System.Buffers;
using Orkestra.Lambda.Runtime;

namespace Orkestra.Benchmarks.RuntimeClients;

/// <summary>Returns its input, so that only the client is measured.</summary>
sealed class EchoFunction : IFunction
{
    public string Name => "Echo";

    public ValueTask InvokeAsync(FunctionContext context, ArrayBufferWriter<byte> output)
    {
        output.Write(context.Payload.Span);
        return default;
    }
}
