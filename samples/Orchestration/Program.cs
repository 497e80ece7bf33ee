using Orkestra.Hosting;

return await OrkestraHost.RunAsync<Orchestration>(args);
