using Orkestra.Authoring.Branching;

namespace Orkestra.Authoring;

/// <summary>A flow by its two ends.</summary>
/// <typeparam name="TIn">The payload it takes. A flow that takes a base class takes derived classes too.</typeparam>
/// <typeparam name="TOut">The payload it gives.</typeparam>
public interface IFlow<in TIn, out TOut> : IFlowFrom<TIn>;
