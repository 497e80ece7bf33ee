namespace Orkestra.Authoring.Branching;

/// <summary>A flow whose output is not asked for, as a branch in a list.</summary>
/// <typeparam name="TIn">The payload it takes. A flow that takes a base class takes derived classes too.</typeparam>
public interface IFlowFrom<in TIn> : IFlow;
