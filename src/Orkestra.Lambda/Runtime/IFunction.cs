using System.Buffers;
using Orkestra.Authoring.Compilation;

namespace Orkestra.Lambda.Runtime;

/// <summary>What a process answers invocations with: a step, or a step with something around it.</summary>
internal interface IFunction
{
    /// <summary>The step's name.</summary>
    string Name { get; }

    /// <summary>How the function names its exceptions as errors.</summary>
    ExceptionNames Exceptions => ExceptionNames.None;

    /// <summary>Answers one invocation: writes the output as UTF-8 JSON, or throws what the step threw.</summary>
    ValueTask InvokeAsync(FunctionContext context, ArrayBufferWriter<byte> output);
}
