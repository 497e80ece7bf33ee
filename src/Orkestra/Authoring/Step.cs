using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Orkestra.Authoring;

/// <summary>Makes steps that are classes.</summary>
public static class Step
{
    /// <summary>
    /// A step whose work is done by a class. For each call the class is taken from a scope of the container, or made with services of that scope when it is not
    /// registered.
    /// </summary>
    /// <typeparam name="THandler">The class.</typeparam>
    /// <typeparam name="TIn">The payload it takes.</typeparam>
    /// <typeparam name="TOut">The payload it gives.</typeparam>
    /// <param name="name">The step's name, by default that of the field it is assigned to.</param>
    /// <param name="file">Given by the compiler.</param>
    /// <param name="line">Given by the compiler.</param>
    public static Step<TIn, TOut> Handled<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler, TIn, TOut>(
        [CallerMemberName] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        where THandler : class, IStepHandler<TIn, TOut> =>
        new(Handler<THandler, TIn, TOut>.Run, Handler<THandler, TIn, TOut>.Run, name, file, line);

    static class Handler<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler, TIn, TOut>
        where THandler : class, IStepHandler<TIn, TOut>
    {
        public static readonly Func<TIn, StepContext, ValueTask<TOut>> Run = RunAsync;

        static async ValueTask<TOut> RunAsync(TIn input, StepContext context)
        {
            var scopes = context.Services.GetService(typeof(IServiceScopeFactory)) as IServiceScopeFactory;
            if (scopes is null) return await Make(context.Services, context).HandleAsync(input, context).ConfigureAwait(false);
            var scope = scopes.CreateAsyncScope();
            await using var _ = scope.ConfigureAwait(false);
            return await Make(scope.ServiceProvider, context).HandleAsync(input, context).ConfigureAwait(false);
        }

        static THandler Make(IServiceProvider services, StepContext context)
        {
            if (services.GetService(typeof(THandler)) is THandler registered) return registered;
            try
            {
                return ActivatorUtilities.CreateInstance<THandler>(services.GetService(typeof(ILogger<THandler>)) is null ? new WithLogger<THandler>(services, context.Logger) : services);
            }
            catch (InvalidOperationException exception)
            {
                throw new WorkflowException(
                    $"The handler {TypeName.Of(typeof(THandler))} can't be created: {exception.Message} Register it, and the services its constructor takes, with the host.",
                    exception);
            }
        }
    }

    /// <summary>The services of a program that has no logging of its own: a handler may take its logger all the same.</summary>
    sealed class WithLogger<THandler>(IServiceProvider services, ILogger logger) : IServiceProvider, ILogger<THandler>
    {
        // What the other container says of its services is not true of these.
        public object? GetService(Type serviceType) => serviceType == typeof(ILogger<THandler>) || serviceType == typeof(ILogger) ? this
            : serviceType == typeof(IServiceProviderIsService) ? null
            : services.GetService(serviceType);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logger.Log(logLevel, eventId, state, exception, formatter);
    }
}
