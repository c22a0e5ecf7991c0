@echo off
rem The tasks of ./dev on Windows. Written with care and never tried there: no Windows machine was at hand.
setlocal
set "root=%~dp0"
set "venv=%root%.venv"
set "python=%venv%\Scripts\python.exe"
set "task=%~1"
set "lock="
if "%task%"=="demo" set "lock=run"
if "%task%"=="run" set "lock=run"
if "%task%"=="shots" set "lock=run"
if "%task%"=="test" set "lock=dev"
if "%task%"=="check" set "lock=dev"
if "%task%"=="bench" set "lock=dev"
if "%task%"=="build" set "lock=dev"
if "%lock%"=="" (
  echo usage: dev demo^|run^|test^|check^|shots^|bench^|build [ARGUMENTS] 1>&2
  exit /b 2
)

rem %* would still hold the task
set "arguments="
:collect
shift
if "%~1"=="" goto collected
set arguments=%arguments% %1
goto collect
:collected

if not exist "%python%" (
  py -3.13 -m venv "%venv%" 2>nul || py -3.12 -m venv "%venv%" 2>nul || py -3.11 -m venv "%venv%" || (
    echo dev: Python 3.11, 3.12 or 3.13 is needed 1>&2
    exit /b 69
  )
)
fc /b "%root%requirements\%lock%.txt" "%venv%\stamp-%lock%.txt" >nul 2>nul
if errorlevel 1 (
  echo dev: installing Python packages 1>&2
  "%python%" -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: --requirement "%root%requirements\%lock%.txt" 1>&2 || exit /b 69
  copy /y "%root%requirements\%lock%.txt" "%venv%\stamp-%lock%.txt" >nul
)
set "PYTHONPATH=%root%"
pushd "%root%"
"%python%" -m tools.catalogue compile 1>&2
if "%task%"=="run" "%python%" -m tcmdesk%arguments%
if "%task%"=="demo" "%python%" -m tcmdesk demo%arguments%
if "%task%"=="shots" "%python%" -m tcmdesk shots%arguments%
if "%task%"=="test" "%python%" -m pytest%arguments%
if "%task%"=="check" "%python%" -m tools.check%arguments%
if "%task%"=="bench" "%python%" -m tests.benchmarks%arguments%
if "%task%"=="build" "%python%" -m PyInstaller --noconfirm build.spec%arguments%
set "result=%errorlevel%"
popd
exit /b %result%
