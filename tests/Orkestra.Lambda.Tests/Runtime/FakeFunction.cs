using System.Buffers;
using Orkestra.Lambda.Runtime;

namespace Orkestra.Lambda.Tests.Runtime;

internal sealed class FakeFunction(Func<FunctionContext, ValueTask<string>> run) : IFunction
{
    public string Name => "Fake";

    public async ValueTask InvokeAsync(FunctionContext context, ArrayBufferWriter<byte> output) =>
        output.Write(System.Text.Encoding.UTF8.GetBytes(await run(context)));
}
