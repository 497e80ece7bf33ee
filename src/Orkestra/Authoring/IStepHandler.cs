namespace Orkestra.Authoring;

/// <summary>A step as a class: it is made by the container when the step runs, so it can ask for services in its constructor. See <see cref="Step.Handled"/>.</summary>
/// <typeparam name="TIn">The payload it takes.</typeparam>
/// <typeparam name="TOut">The payload it gives.</typeparam>
public interface IStepHandler<in TIn, TOut>
{
    /// <summary>Does the step's work. An exception fails the step; its type name is the error's name.</summary>
    /// <param name="input">The payload.</param>
    /// <param name="context">Services, cancellation and facts about this call.</param>
    Task<TOut> HandleAsync(TIn input, StepContext context);
}
