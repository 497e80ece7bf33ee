using System.Buffers;
using Orkestra.Authoring.Functions;

namespace Orkestra.Lambda.Runtime;

/// <summary>What a process answers invocations with: a step, or a step with something around it.</summary>
internal interface IFunction
{
    /// <summary>The step's name.</summary>
    string Name { get; }

    /// <summary>The error that an exception of the function is.</summary>
    FunctionError ErrorOf(Exception exception) => FunctionError.Of(exception);

    /// <summary>Answers one invocation: writes the output as UTF-8 JSON, or throws what the step threw.</summary>
    ValueTask InvokeAsync(FunctionContext context, ArrayBufferWriter<byte> output);
}
